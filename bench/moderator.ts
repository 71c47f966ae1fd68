import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { createSupervisor } from '@langchain/langgraph-supervisor';
import { createAgent, createMiddleware, fakeModel, tool } from 'langchain';
import { z } from 'zod';
import type { InboundMessage } from '../src/adapters/adapter.ts';
import { createHistory } from '../src/history/sqlite.ts';
import type { AskOutcome, Ledger, PlannedAsk } from '../src/ledger/ledger.ts';
import { createLedger } from '../src/ledger/sqlite.ts';
import { createChatMind } from '../src/moderator/minds/chat.ts';
import type { Moderator, ModeratorPort, Question } from '../src/moderator/moderator.ts';
import { createModerator } from '../src/moderator/rounds.ts';
import { openStore } from '../src/store/store.ts';
import { interleaved, type Measured, rowOf, timed } from './measure.ts';
import type { BenchRow } from './row.ts';

const names = ['api', 'web', 'worker'];
const reply = 'It waits for the time that the server names.';
const answer = 'All three wait for the time that the server names.';
const agentMs = 200;
const slowTurns = 6;
const instantTurns = 150;
/** Ledger steps of a turn with three asks, each flushed. */
const steps = 12;

/**
 * What the moderator costs: a question over three agents, all ledger writes included, against what LangChain offers for the same. A
 * ledger flushes each of its steps to the disk, which those do not: so their comparison is made in memory where the system has a
 * directory for that, and what the disk adds is compared with as many flushes and nothing else.
 */
export async function run(): Promise<BenchRow[]> {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return [
    await withLedger(tmpdir(), async (ledger) =>
      rowOf(
        `three agents of ${agentMs} ms, question to answer, against langgraph-supervisor`,
        await turns(slowTurns, () => ourTurn(ledger, agentMs), supervisor(agentMs, slowTurns)),
        0.45,
      ),
    ),
    await withLedger(memory, async (ledger) =>
      rowOf(
        'a turn of three instant agents with its ledger writes, against createAgent without any',
        await turns(instantTurns, () => ourTurn(ledger, 0), singleAgent(instantTurns)),
        1,
      ),
    ),
    await withLedger(memory, async (ledger) =>
      rowOf(
        'the same, against langgraph-supervisor',
        await turns(instantTurns, () => ourTurn(ledger, 0), supervisor(0, instantTurns)),
        0.35,
      ),
    ),
    await withLedger(tmpdir(), async (ledger, directory) =>
      withLedger(memory, async (inMemory) => {
        const flush = flushes(join(directory, 'flushes'));
        const floor = async () => {
          await ourTurn(inMemory, 0);
          await flush();
        };
        return rowOf(
          `the same on the disk, against the same in memory and ${steps} flushed writes`,
          await turns(instantTurns, () => ourTurn(ledger, 0), floor),
          1.25,
        );
      }),
    ),
  ];
}

async function withLedger(
  base: string,
  work: (ledger: Ledger, directory: string) => Promise<BenchRow>,
): Promise<BenchRow> {
  const directory = mkdtempSync(join(base, 'tutti-bench-'));
  const store = openStore({ directory });
  const ledger = createLedger({ store, history: createHistory(store), configuration: directory, role: 'command' });
  try {
    return await work(ledger, directory);
  } finally {
    ledger.close();
    store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What no durable ledger can do without: one flush for each step, of a few pages. */
function flushes(file: string): () => Promise<void> {
  const pages = Buffer.alloc(4 * 4096, 1);
  return async () => {
    const descriptor = openSync(file, 'w');
    for (let step = 0; step < steps; step += 1) {
      writeSync(descriptor, pages);
      fdatasyncSync(descriptor);
    }
    closeSync(descriptor);
  };
}

/** Milliseconds of a turn, ours and the other's. */
function turns(times: number, our: () => Promise<unknown>, peer: () => Promise<unknown>): Promise<Measured> {
  return interleaved(
    times,
    () => timed(our),
    () => timed(peer),
  );
}

/** One message from acceptance to delivery, as the runtime takes it, with agents that need no process. */
async function ourTurn(ledger: Ledger, milliseconds: number): Promise<void> {
  const { turn } = ledger.accept(messageOf(randomUUID()));
  ledger.begin(turn.id);
  const {
    markdown,
    failures: _failures,
    mindUsage: _mind,
    ...result
  } = await newModerator().answer(questionOf(turn.id), portOf(ledger, turn.id, milliseconds));
  const { conversation, text: question } = turn.message;
  const settled = { turnId: turn.id, conversation, question, answer: markdown, ...result };
  const part = { id: randomUUID(), turnId: turn.id, position: 0, kind: 'answer', footer: null, exit: 0 } as const;
  ledger.settle(turn.id, settled, [{ ...part, markdown: markdown ?? '', data: settled }]);
  ledger.sending(part.id);
  ledger.sent(part.id, null);
}

function newModerator(): Moderator {
  const asks = names.map((agent) => ({ agent, prompt: `How does ${agent} deal with rate limits?` }));
  const model = fakeModel()
    .respond(new AIMessage(JSON.stringify({ next: 'ask', reason: 'all three know', asks })))
    .respond(new AIMessage(JSON.stringify({ next: 'answer', markdown: answer })));
  const mind = createChatMind({ name: 'fake', model: async () => model, windowTokens: null, tracing: false });
  return createModerator({
    mind: async () => mind,
    secrets: [],
    random: () => randomBytes(8).toString('hex'),
  });
}

function portOf(ledger: Ledger, turnId: string, milliseconds: number): ModeratorPort {
  return {
    recorded: [],
    decided: (round) => ledger.decided(turnId, round),
    async ask(ask) {
      ledger.asking(ask.id, null, ask.access);
      if (milliseconds > 0) await sleep(milliseconds);
      const outcome = outcomeOf(ask);
      ledger.answered(ask.id, outcome);
      return outcome;
    },
    newAskId: randomUUID,
    accessOf: () => 'read',
    progress: () => undefined,
    signal: new AbortController().signal,
    msToConclude: () => 60_000,
    msToEnd: () => 90_000,
    bound: () => null,
    usdLeft: () => null,
    mindStarted: () => undefined,
    mindEnded: () => undefined,
  };
}

function outcomeOf({ agent, prompt, access }: PlannedAsk): AskOutcome {
  const nothing = { truncated: false, sessionId: null, usage: null, failure: null, retried: false, late: null };
  return {
    result: { agent, prompt, access, status: 'answered', text: reply, durationMs: 1, ...nothing },
    directory: '/',
    sources: [],
  };
}

function messageOf(id: string): InboundMessage {
  return {
    id,
    at: new Date().toISOString(),
    place: { surface: 'terminal', channel: 'bench', direct: true, private: true },
    conversation: `terminal:${id}`,
    addressed: 'direct',
    author: { id: 'bench', name: 'bench', isBot: false, roles: [] },
    text: 'How do they deal with rate limits?',
    attachments: [],
    replyTo: { surface: 'terminal', data: {} },
  };
}

function questionOf(turnId: string): Question {
  return {
    turnId,
    conversation: `terminal:${turnId}`,
    text: 'How do they deal with rate limits?',
    author: 'bench',
    roster: names.map((name) => ({
      name,
      description: `the ${name} project`,
      provider: 'command',
      directory: '/',
      found: [],
      confidence: 0,
    })),
    known: [],
    mayWrite: [],
    direct: null,
    context: [],
    attachments: [],
    sequential: false,
    maxRounds: 3,
    maxAsks: 12,
    repeat: 'none',
  };
}

/** LangChain's own agent: one model call that asks three tools at once, and one that answers. */
function singleAgent(times: number): () => Promise<unknown> {
  const model = fakeModel();
  for (let turn = 0; turn < times; turn += 1) {
    model.respondWithTools(names.map((name) => ({ name, args: { prompt: 'How?' } }))).respond(new AIMessage(answer));
  }
  const tools = names.map((name) =>
    tool(async () => reply, { name, description: name, schema: z.object({ prompt: z.string() }) }),
  );
  const agent = createAgent({ model, tools });
  return () => agent.invoke({ messages: [new HumanMessage('How do they deal with rate limits?')] });
}

/** Its supervisor: hands over to one agent after the other, then answers. */
function supervisor(milliseconds: number, times: number): () => Promise<unknown> {
  const llm = fakeModel();
  for (let turn = 0; turn < times; turn += 1) {
    for (const name of names) llm.respondWithTools([{ name: `transfer_to_${name}`, args: {} }]);
    llm.respond(new AIMessage(answer));
  }
  const agents = names.map((name) => {
    const model = fakeModel();
    for (let turn = 0; turn < times; turn += 1) model.respond(new AIMessage(reply));
    return createAgent({ model, tools: [], name, middleware: milliseconds > 0 ? [delay(milliseconds)] : [] }).graph;
  });
  const graph = createSupervisor({ agents, llm }).compile();
  return () => graph.invoke({ messages: [new HumanMessage('How do they deal with rate limits?')] });
}

function delay(milliseconds: number) {
  return createMiddleware({
    name: 'Delay',
    async wrapModelCall(request, handler) {
      await sleep(milliseconds);
      return handler(request);
    },
  });
}
