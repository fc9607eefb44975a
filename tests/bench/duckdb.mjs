// DuckDB on 2 threads: without arguments its version; else a count of a CSV's rows, twice, and the
// time of the second, so that the start of the library is not counted.
//
//     NODE_PEERS=FOLDER node duckdb.mjs [count|typed FILE.csv]
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_PEERS + '/');
const { DuckDBInstance } = require('@duckdb/node-api');

const [how, file] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();

async function rowsOf(sql) {
  return (await connection.runAndReadAll(sql)).getRows();
}

if (!how) {
  console.log((await rowsOf('select version()'))[0][0]);
} else {
  const source = `read_csv('${file.replaceAll("'", "''")}')`;
  // typed: every column is wanted, so that every field is parsed and converted
  const wanted = how === 'typed' ? 'count(*), count(columns(*))' : 'count(*)';
  for (let time = 0; time < 2; time++) {
    const begun = process.hrtime.bigint();
    const rows = await rowsOf(`select ${wanted} from ${source}`);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    if (time === 1) console.log(`rows ${rows[0][0]} seconds ${seconds}`);
  }
}
