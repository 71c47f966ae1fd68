import { ledgerContract } from '../contracts/ledger.ts';
import { sqliteBench } from '../support/ledger/bench.ts';

ledgerContract('SQLite', sqliteBench);
