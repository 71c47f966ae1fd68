import { parentPort, workerData } from 'node:worker_threads';
import { createProjects } from './projects.ts';
import type { SearchReply, SearchRequest } from './protocol.ts';

/** The thread in which indexes are built and asked: the only one that opens their files. */

const port = parentPort;
if (port === null) throw new Error('This file is started as a worker.');

const { directory } = workerData as { readonly directory: string };
const projects = createProjects(directory, (complaint) => port.postMessage({ complaint } satisfies SearchReply));

port.on('message', (request: SearchRequest) => {
  const answer = (reply: SearchReply) => port.postMessage(reply);
  answerTo(request).then(
    (value) => answer({ id: request.id, value }),
    (error: unknown) => answer({ id: request.id, error: error instanceof Error ? error.message : String(error) }),
  );
});

async function answerTo(request: SearchRequest): Promise<unknown> {
  switch (request.call) {
    case 'find':
      return await projects.find(request.directory, request.question);
    case 'findAll':
      return await projects.findAll(request.directories, request.question);
    case 'count':
      return projects.count(request.directory);
    case 'files':
      return await projects.files(request.directory, request.prefix, request.limit);
    case 'close':
      return projects.close();
  }
}
