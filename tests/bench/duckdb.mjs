// What a user of DuckDB does for the same files: our lines as two tables, and
// the lines again by a join.
//
//   node duckdb.mjs DATABASE load FILE.jsonl...
//   node duckdb.mjs DATABASE copy OUTPUT.jsonl
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(
    `${process.env.DUCKDB_FOLDER}/package.json`)('@duckdb/node-api');
const labels = 'importance_label, prep_needed, prep_time_minutes, reasoning, ' +
    'persona_id, generation_timestamp';
const [database, task, ...files] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();

if (task === 'load') {
    const list = files.map((file) => `'${file}'`).join(', ');
    await connection.run(`CREATE TABLE line AS SELECT * FROM
        read_json([${list}], format = 'newline_delimited')`);
    await connection.run(`CREATE TABLE label AS SELECT id, ${labels} FROM line`);
    await connection.run(`CREATE TABLE meeting AS
        SELECT * EXCLUDE (${labels}) FROM line`);
    await connection.run('DROP TABLE line');
} else {
    await connection.run(`COPY (SELECT meeting.*, label.* EXCLUDE (id)
        FROM meeting JOIN label USING (id)) TO '${files[0]}' (FORMAT json)`);
}
connection.closeSync();
