/** What a question asks for; the mix follows what people ask about repositories: about 35 % how, 30 % where, 25 % why. */
export type Kind = 'how' | 'where' | 'why' | 'what';

/**
 * What makes a question hard beside its words. `two-projects`: no single project has the whole answer. `distractor`: another
 * project has something that looks like it and says otherwise. `contradiction`: two projects, or a project and its documentation,
 * say different things, and the answer has to show both. `unanswerable`: all of it, or a part, stands nowhere.
 */
export type Trait = 'two-projects' | 'distractor' | 'contradiction' | 'unanswerable';

/** A file that a full answer rests on, relative to its project, and a name that stands in it. */
export interface GoldFile {
  readonly project: string;
  readonly path: string;
  readonly symbol: string;
}

export interface QualityQuestion {
  readonly id: string;
  readonly kind: Kind;
  readonly text: string;
  /** What a right answer must say, each in its words or in those of the source. Empty where nothing can be said. */
  readonly facts: readonly RegExp[];
  /** Files that have to be cited: recall counts these. */
  readonly gold: readonly GoldFile[];
  /** Files that may be cited as well, as `project:path`: they say the same, so precision does not count them as wrong. */
  readonly also?: readonly string[];
  /** What only somebody says who took a distractor for the answer. */
  readonly traps?: readonly RegExp[];
  /** What stands in no file of these projects: the proof that the question, or a part of it, cannot be answered. */
  readonly absent?: { readonly projects: readonly string[]; readonly pattern: RegExp };
  readonly traits?: readonly Trait[];
}

/** Projects that stand beside each other, as one person's agents do; whoever does not have the answer is a distraction. */
export interface Roster {
  readonly name: string;
  readonly projects: readonly Project[];
  readonly questions: readonly QualityQuestion[];
}

export interface Project {
  /** The agent's name. */
  readonly name: string;
  readonly description: string;
  /** A package of this repository's lock file, or a folder in `projects/`. */
  readonly from: { readonly package: string } | { readonly planted: string };
  /** Files that say the same a second time (other module formats, browsers' builds) and are left out. */
  readonly without?: RegExp;
}
