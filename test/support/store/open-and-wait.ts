import { once } from 'node:events';
import { openStore } from '../../../src/store/store.ts';

/** Opens the store of a directory, says which instance it is, and holds it until a line comes or it is killed. */

const [directory = ''] = process.argv.slice(2);
const store = openStore({ directory });
process.stdout.write(`${JSON.stringify({ instance: store.instance, notices: store.notices })}\n`);
await once(process.stdin, 'data');
store.close();
process.exit(0);
