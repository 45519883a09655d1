// Rows of the data files, by DuckDB: how many there are, whose they are, that
// labels are in range, and that the forms agree with each other.
'use strict';

const { csv } = require('./data');
const { fits } = require('./schemas');

const COLUMNS = `{
    id: 'VARCHAR', persona_id: 'VARCHAR', subject: 'VARCHAR', start: 'VARCHAR', minutes: 'INTEGER',
    type: 'VARCHAR', organizer: 'VARCHAR', people: 'INTEGER', required: 'INTEGER', optional: 'INTEGER',
    resources: 'INTEGER', external: 'BOOLEAN', recurring: 'BOOLEAN', preview: 'VARCHAR',
    importance_label: 'VARCHAR', prep_needed: 'BOOLEAN', prep_time_minutes: 'INTEGER', rsvp: 'VARCHAR',
    reasoning: 'VARCHAR', generation_timestamp: 'VARCHAR'}`;

const address = `STRUCT("name" VARCHAR, "address" VARCHAR)`;
const status = `STRUCT(response VARCHAR, "time" VARCHAR)`;
const moment = `STRUCT("dateTime" VARCHAR, "timeZone" VARCHAR)`;
const GRAPH = `{
    id: 'VARCHAR', subject: 'VARCHAR', "bodyPreview": 'VARCHAR', "type": 'VARCHAR',
    "responseStatus": '${status}', start: '${moment}', "end": '${moment}',
    attendees: 'STRUCT("type" VARCHAR, status ${status}, "emailAddress" ${address})[]',
    organizer: 'STRUCT("emailAddress" ${address})', importance_label: 'VARCHAR', prep_needed: 'BOOLEAN',
    prep_time_minutes: 'INTEGER', reasoning: 'VARCHAR', persona_id: 'VARCHAR', generation_timestamp: 'VARCHAR'}`;

const ofShape = (manifest, name) => manifest.files.filter(file => file.shape === name);

function source(data, files, shape) {
    if (shape.format === 'csv')
        return csv(data, files, COLUMNS);
    if (shape.format === 'graph')
        return `read_ndjson(${data.list(files)}, filename = true, columns = ${GRAPH})`;
    return `read_ndjson_objects(${data.list(files)}, filename = true)`;
}

async function counts(data, manifest) {
    const problems = [];
    for (const shape of manifest.shapes)
        for (const file of ofShape(manifest, shape.name)) {
            const got = Number(await data.value(`SELECT count(*) FROM ${source(data, [file], shape)}`));
            if (got !== file.rows)
                problems.push(`${file.name}: ${got} rows, the manifest says ${file.rows}`);
        }
    return problems;
}

// The part of a row, from the name of its file.
const PART = `regexp_extract(filename, '([a-z]+)(-[0-9]+-of-[0-9]+)?[.][^/]*$', 1)`;

async function makeTable(data, manifest, shape) {
    await data.rows(`CREATE TABLE "${shape.name}" AS
        SELECT *, ${PART} AS part FROM ${source(data, ofShape(manifest, shape.name), shape)}`);
}

async function people(data, manifest, shape) {
    const problems = [];
    const side = part => part === 'heldout' ? manifest.split.held_out : manifest.split.train;
    for (const row of await data.rows(`SELECT DISTINCT part, persona_id FROM "${shape.name}"`))
        if (!side(row.part).includes(row.persona_id))
            problems.push(`${row.persona_id} is in ${row.part}`);
    for (const row of await data.rows(`SELECT persona_id FROM "${shape.name}" GROUP BY 1
            HAVING bool_or(part = 'heldout') AND bool_or(part <> 'heldout')`))
        problems.push(`${row.persona_id} is on both sides`);
    for (const row of await data.rows(`SELECT id FROM "${shape.name}" GROUP BY 1 HAVING count(*) > 1`))
        problems.push(`${row.id} is there more than once`);
    return problems;
}

async function ranges(data, shape) {
    const rows = await data.rows(`SELECT id, importance_label, prep_needed, prep_time_minutes, reasoning
        FROM "${shape.name}"
        WHERE importance_label IS NULL OR importance_label NOT IN ('critical', 'high', 'medium', 'low')
           OR prep_needed IS NULL OR prep_time_minutes IS NULL
           OR prep_needed <> (prep_time_minutes > 0)
           OR NOT (prep_time_minutes = 0 OR prep_time_minutes BETWEEN 15 AND 90)
           OR coalesce(reasoning, '') = ''
           OR try_cast(generation_timestamp AS TIMESTAMP) IS NULL`);
    const problems = rows.map(row => JSON.stringify(row));
    if (shape.format === 'csv')
        for (const row of await data.rows(`SELECT id, rsvp FROM csv
                WHERE rsvp IS NULL OR rsvp NOT IN ('accept', 'tentative', 'decline')`))
            problems.push(JSON.stringify(row));
    return problems;
}

// What the manifest counts is what statistics.json counts, and what is there.
async function numbers(data, manifest, statistics) {
    const problems = [];
    for (const [part, told] of Object.entries(statistics.by_part)) {
        const [row] = await data.rows(`SELECT count(*) AS total_meetings,
            count(*) FILTER (prep_needed) AS prep_needed_count,
            coalesce(round(avg(prep_time_minutes) FILTER (prep_needed), 1), 0) AS minutes,
            ${['critical', 'high', 'medium', 'low'].map(level =>
                `count(*) FILTER (importance_label = '${level}') AS ${level}`).join(', ')}
            FROM graph WHERE part = '${part}'`);
        const { critical, high, medium, low } = told.importance_distribution;
        const pairs = { total_meetings: told.total_meetings, prep_needed_count: told.prep_needed_count,
            critical, high, medium, low };
        for (const [name, value] of Object.entries(pairs))
            if (Number(row[name]) !== value)
                problems.push(`${part}: ${name} ${value}, there are ${row[name]}`);
        if (Math.abs(Number(row.minutes) - told.avg_prep_time_minutes) > 0.11)
            problems.push(`${part}: ${told.avg_prep_time_minutes} minutes, it is ${row.minutes}`);
    }
    return problems;
}

// Each column of the CSV beside what the same meeting is as an event.
const SAME = {
    part: 'g.part',
    persona_id: 'g.persona_id',
    subject: `coalesce(g.subject, '')`,
    start: `left(g.start."dateTime", 16)`,
    minutes: `date_diff('minute', g.start."dateTime"::TIMESTAMP, g."end"."dateTime"::TIMESTAMP)`,
    type: 'g."type"',
    organizer: `if(g."responseStatus".response = 'organizer', 'self', 'other')`,
    people: `len(list_distinct(list_append(
        list_transform(list_filter(g.attendees, lambda a: a."type" <> 'resource'),
            lambda a: lower(a."emailAddress"."address")),
        lower(g.organizer."emailAddress"."address"))))`,
    required: `len(list_filter(g.attendees, lambda a: a."type" = 'required'))`,
    optional: `len(list_filter(g.attendees, lambda a: a."type" = 'optional'))`,
    resources: `len(list_filter(g.attendees, lambda a: a."type" = 'resource'))`,
    external: `len(list_distinct(list_transform(list_append(
        list_transform(list_filter(g.attendees, lambda a: a."type" <> 'resource'),
            lambda a: lower(a."emailAddress"."address")),
        lower(g.organizer."emailAddress"."address")), lambda a: regexp_extract(a, '@(.*)$', 1)))) > 1`,
    recurring: `g."type" <> 'singleInstance'`,
    preview: `coalesce(g."bodyPreview", '')`,
    importance_label: 'g.importance_label',
    prep_needed: 'g.prep_needed',
    prep_time_minutes: 'g.prep_time_minutes',
    reasoning: 'g.reasoning',
    generation_timestamp: 'g.generation_timestamp',
};

async function agree(data) {
    const problems = [];
    for (const row of await data.rows(`SELECT coalesce(c.id, g.id) AS id FROM csv c
            FULL JOIN graph g ON c.id = g.id WHERE c.id IS NULL OR g.id IS NULL`))
        problems.push(`${row.id} is in one of them only`);
    for (const [column, wanted] of Object.entries(SAME))
        for (const row of await data.rows(`SELECT c.id, c."${column}" AS got, ${wanted} AS wanted
                FROM csv c JOIN graph g ON c.id = g.id
                WHERE c."${column}" IS DISTINCT FROM ${wanted}`))
            problems.push(`${column}: ${JSON.stringify(row)}`);
    return problems;
}

// ---- Training records ----

const parse = text => JSON.parse(text);

// The answers of a record: the one to give, and the one that is not.
function answersOf(format, record) {
    const text = messages => messages[messages.length - 1].content;
    switch (format) {
    case 'sft': return { good: text(record.messages) };
    case 'dpo': return { good: text(record.preferred_output), bad: text(record.non_preferred_output) };
    case 'trl-sft': return { good: text(record.completion) };
    case 'trl-dpo': return { good: text(record.chosen), bad: text(record.rejected) };
    case 'kto': return { [record.label ? 'good' : 'bad']: text(record.completion) };
    default: throw new Error(`no form ${format}`);
    }
}

function labelOf(task, row) {
    return { importance: { importance: row.importance_label },
        prep: { prep_needed: row.prep_needed, prep_time_minutes: Number(row.prep_time_minutes) },
        rsvp: { rsvp: row.rsvp } }[task];
}

const without = ({ reasoning, ...rest }) => JSON.stringify(rest);

// The answers of one meeting's records beside its label.
function judge(shape, lines, row) {
    const problems = [];
    const answers = Object.assign({}, ...lines.map(line => answersOf(shape.format, parse(line))));
    const read = {};
    for (const [kind, text] of Object.entries(answers)) {
        read[kind] = parse(text);
        problems.push(...fits(`answer-${shape.task}`, text, `${row.id}, ${kind} answer`));
    }
    const wanted = JSON.stringify(labelOf(shape.task, row));
    if (!read.good || without(read.good) !== wanted)
        problems.push(`${row.id}: ${answers.good}, labelled ${wanted}`);
    if (shape.format.includes('sft') === Boolean(read.bad))
        problems.push(`${row.id}: rejected is ${answers.bad}`);
    if (read.bad && without(read.bad) === wanted)
        problems.push(`${row.id}: what is rejected is right: ${answers.bad}`);
    return problems;
}

// Records have no id: they come in the order of the events of their part.
async function training(data, manifest, shape, labels) {
    const problems = [];
    const each = shape.format === 'kto' ? 2 : 1;
    for (const part of ['train', 'validation', 'heldout']) {
        const rows = labels.filter(row => row.part === part);
        const lines = await data.lines(ofShape(manifest, shape.name).filter(file => file.part === part));
        if (lines.length !== each * rows.length)
            problems.push(`${part}: ${lines.length} records of ${rows.length} meetings`);
        for (let i = 0; i < rows.length && each * (i + 1) <= lines.length; i++)
            problems.push(...judge(shape, lines.slice(each * i, each * (i + 1)), rows[i]));
    }
    return problems;
}

async function schemas(data, manifest, shape) {
    const problems = [];
    for (const file of ofShape(manifest, shape.name)) {
        const lines = await data.lines([file]);
        lines.forEach((line, at) => problems.push(...fits(shape.format, line, `${file.name}:${at + 1}`)));
    }
    return problems;
}

async function checkTables(report, data, manifest, statistics) {
    await report.run('rows of every file, as the manifest says', () => counts(data, manifest));
    const tables = manifest.shapes.filter(shape => !shape.task);
    for (const shape of manifest.shapes.filter(each => each.format !== 'csv'))
        await report.run(`lines of ${shape.name} fit their schema`, () => schemas(data, manifest, shape));
    for (const shape of tables) {
        await report.run(`${shape.name} is a table`, () => makeTable(data, manifest, shape).then(() => []));
        await report.run(`${shape.name}: nobody on both sides, no id twice`, () => people(data, manifest, shape));
        await report.run(`${shape.name}: labels in range`, () => ranges(data, shape));
    }
    const has = name => tables.some(shape => shape.name === name);
    if (has('graph'))
        await report.run('statistics of what is there', () => numbers(data, manifest, statistics));
    if (!has('graph') || !has('csv'))
        return;
    await report.run('csv and graph say the same', () => agree(data));
    const labels = await data.rows('SELECT g.*, c.rsvp FROM graph g JOIN csv c USING (id) ORDER BY g.rowid');
    for (const shape of manifest.shapes.filter(each => each.task))
        await report.run(`answers of ${shape.name} are the labels`, () => training(data, manifest, shape, labels));
}

// Some records of a form, as objects, for who describes them.
async function someRecords(data, manifest, shape) {
    const files = ofShape(manifest, shape.name).filter(file => file.rows > 0);
    if (shape.format === 'csv')
        return data.rows(`SELECT * EXCLUDE (filename) FROM ${csv(data, files, COLUMNS)} LIMIT 50`);
    return (await data.lines(files.slice(0, 1))).slice(0, 50).map(parse);
}

module.exports = { checkTables, someRecords };
