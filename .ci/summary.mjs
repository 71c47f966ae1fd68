// Names every failure at the end of a run, where it is looked for, and counts. In a folder: `NAME.exit`, the exit code of a step, and
// `NAME.json`, the report of one that ran tests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const folder = process.argv[2];
const longest = 1_500;

const steps = readdirSync(folder)
  .filter((file) => file.endsWith('.exit'))
  .map((file) => file.slice(0, -'.exit'.length))
  .map((name) => ({ name, code: Number(readFileSync(join(folder, `${name}.exit`), 'utf8')), report: reportOf(name) }));

function reportOf(name) {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { testResults: [], numPassedTests: 0 };
}

function failuresOfFile({ name, status, message, assertionResults }) {
  const path = relative('.', name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [`${path}\n${message.slice(0, longest)}`];
  return failed.map((test) => `${path} > ${test.fullName}\n${test.failureMessages.join('\n').slice(0, longest)}`);
}

// A step may fail without a failed test: it ran none, or an error came outside of every test.
function failuresOfStep({ name, code, report }) {
  const failures = report.testResults.flatMap(failuresOfFile);
  return failures.length === 0 && code !== 0 ? [`${name}, with ${code}: see its output above`] : failures;
}

const failures = steps.flatMap(failuresOfStep);
const passed = steps.reduce((sum, { report }) => sum + report.numPassedTests, 0);
for (const failure of failures) process.stdout.write(`-- failed: ${failure}\n`);
process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
