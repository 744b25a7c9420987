// Every browser test, by subject.
// Usage: SALDO_URL=http://127.0.0.1:8080 SALDO_KEEPER_URL=http://127.0.0.1:8081 node main.mjs [part of a test's name]
import { runAll } from './harness.mjs';
import './first-minute.mjs';
import './journey.mjs';
import './forecast.mjs';
import './report.mjs';
import './kept.mjs';
import './workspace.mjs';
import './offline.mjs';
import './keyboard.mjs';
import './reference.mjs';
import './budget.mjs';

process.exitCode = (await runAll()) ? 1 : 0;
