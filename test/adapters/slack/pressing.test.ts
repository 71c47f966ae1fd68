import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/slack/bench.ts';
import { waitFor } from '../../support/wait-for.ts';

const hanging = { agents: { api: [{ hang: true }] } };
const script = { otherwise: { answer: 'the answer' } };

describe('the button to stop', () => {
  it('stops once, though two people press it, and is gone then', async () => {
    const bench = await startBench({ agents: ['api'], script: hanging });
    await bench.slack.say('<@U0TUTTI> go');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    const status = await waitFor(() => bench.slack.posts()[0], 'its status stands there');
    await Promise.all([bench.slack.press(status, 'tutti_stop'), bench.slack.press(status, 'tutti_stop', 'U0BOB')]);
    await bench.posted('Stopped:');
    await bench.idle();
    await waitFor(() => bench.slack.posts()[0]?.blocks.length === 1, 'the button is gone');
    expect(bench.slack.posts().filter(({ text }) => text.includes('Stopped:'))).toHaveLength(1);
    expect(bench.slack.posts()[0]?.text).toMatch(/^\*stopped · /);
  });

  it('needs the right of the command it stands for', async () => {
    const access = [
      { surface: 'slack', users: ['U0ALICE'], may: ['read', 'write'] },
      { surface: 'slack', users: ['U0BOB'], may: ['read'] },
    ];
    const bench = await startBench({ agents: ['api'], script: hanging, config: { access, surfaces: { slack: {} } } });
    await bench.slack.say('<@U0TUTTI> go');
    await waitFor(() => bench.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    const status = await waitFor(() => bench.slack.posts()[0], 'its status stands there');
    await bench.slack.press(status, 'tutti_stop', 'U0BOB');
    await bench.whispered('asked by alice', 'U0BOB');
    await bench.slack.press(status, 'tutti_stop', 'U0MALLORY');
    await bench.whispered('You may not use /stop', 'U0MALLORY');
    expect(bench.program.runtime.running.size).toBe(1);
    await bench.slack.event({
      type: 'agent_session_stopped',
      channel: 'C0GENERAL',
      thread_ts: status.threadTs,
      user: 'U0ALICE',
      event_ts: '1.1',
    });
    await bench.posted('Stopped:');
  });
});

describe('the button to try again', () => {
  it('asks once more what failed, however many press it, and is gone then', async () => {
    const bench = await startBench({
      agents: ['api'],
      script: { agents: { api: [{ stderr: 'boom\n', exit: 3 }, { answer: 'the answer' }] } },
    });
    const { message } = await bench.slack.say('<@U0TUTTI> go');
    const failure = await bench.posted(/^<@U0ALICE>/);
    await bench.slack.press(failure, 'tutti_retry', 'U0MALLORY');
    await bench.whispered('You may not', 'U0MALLORY');
    const shown = () => bench.slack.posts().find(({ ts }) => ts === failure.ts);
    expect(JSON.stringify(shown()?.blocks)).toContain('Retry');
    await Promise.all([bench.slack.press(failure, 'tutti_retry'), bench.slack.press(failure, 'tutti_retry', 'U0BOB')]);
    const answer = await bench.posted('the answer');
    await bench.idle();
    expect(answer.threadTs).toBe(message.ts);
    expect(bench.scene.calls().filter((call) => call.event === 'start')).toHaveLength(2);
    expect(new Set(bench.scene.calls().map((call) => call.conversation)).size).toBe(1);
    await waitFor(() => !JSON.stringify(shown()?.blocks).includes('Retry'), 'the button is gone');
    expect(JSON.stringify(shown()?.blocks)).toContain('boom');
  });

  it('is none where everything was answered', async () => {
    const bench = await startBench({ agents: ['api'], script });
    await bench.slack.say('<@U0TUTTI> go');
    expect((await bench.posted('the answer')).blocks).toEqual([]);
  });
});

it('a button still stops after a restart what was taken up again', async () => {
  const scene = { agents: ['api'], script: hanging };
  const hangs = (bench: { scene: { calls(): readonly { event: string }[] } }) =>
    bench.scene.calls().filter((call) => call.event === 'hang').length;
  const first = await startBench(scene);
  await first.slack.say('<@U0TUTTI> go');
  await waitFor(() => hangs(first) === 1 && first.slack.posts().length === 1, 'it runs');
  const status = await waitFor(() => first.slack.posts()[0], 'its status stands there');
  await first.stop();
  const second = await startBench({ ...scene, slack: first.slack, scene: first.scene });
  await waitFor(() => hangs(second) === 2, 'it runs again');
  await second.slack.press(status, 'tutti_stop');
  await second.posted('Stopped:');
});
