// All checks of one export folder.
'use strict';

const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const { Data } = require('./data');
const { checkCard } = require('./card');
const { checkCroissant } = require('./croissant');
const { checkTables, someRecords } = require('./tables');
const { documentFits } = require('./schemas');

function walk(folder, below = '') {
    return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap(entry => {
        const name = path.posix.join(below, entry.name);
        return entry.isDirectory() ? walk(folder, name) : [name];
    });
}

// By sha256sum of coreutils.
function sums(folder, manifest) {
    const listed = [...manifest.files, ...manifest.documents];
    const input = listed.map(file => `${file.sha256}  ${file.name}\n`).join('');
    try {
        execFileSync('sha256sum', ['--check', '--strict', '--quiet'],
            { cwd: folder, input, stdio: ['pipe', 'pipe', 'pipe'] });
        return [];
    } catch (error) {
        return String(error.stdout).trim().split('\n').concat(String(error.stderr).trim());
    }
}

// The folder holds what the manifest names, with these sizes, and nothing else.
function contents(folder, manifest) {
    const listed = [...manifest.files, ...manifest.documents];
    const wanted = [...listed.map(file => file.name), 'manifest.json'].sort();
    const got = walk(folder).filter(name => name !== 'manifest.json.minisig').sort();
    const problems = [];
    for (const name of got.filter(each => !wanted.includes(each)))
        problems.push(`${name} is not in the manifest`);
    for (const name of wanted.filter(each => !got.includes(each)))
        problems.push(`${name} is missing`);
    for (const file of listed.filter(each => got.includes(each.name)))
        if (fs.statSync(path.join(folder, file.name)).size !== file.bytes)
            problems.push(`${file.name} does not have ${file.bytes} bytes`);
    return problems;
}

function read(folder, name) {
    return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
}

// Meetings of each part, from the rows of the first form.
function meetingsOf(manifest) {
    const meetings = {};
    const [shape] = manifest.shapes;
    for (const file of manifest.files.filter(each => each.shape === shape.name))
        meetings[file.part] = (meetings[file.part] || 0) + file.rows / (shape.format === 'kto' ? 2 : 1);
    return meetings;
}

// `words`, when given, are the title and the license that were asked for.
async function checkFolder(report, folder, words) {
    for (const name of ['manifest', 'statistics', 'croissant'])
        await report.run(`${name}.json fits its schema`, () => documentFits(name, folder));
    const manifest = read(folder, 'manifest.json');
    await report.run('files are those of the manifest', () => contents(folder, manifest));
    await report.run('sums of the files', () => sums(folder, manifest));
    await checkCard(report, folder, manifest, meetingsOf(manifest), words);
    const data = await Data.open(folder);
    try {
        await checkTables(report, data, manifest, read(folder, 'statistics.json'));
        await checkCroissant(report, folder, manifest, shape => someRecords(data, manifest, shape));
    } finally {
        data.close();
    }
}

// The texts of all records of a folder, by form and part.
async function textsOf(folder) {
    const manifest = read(folder, 'manifest.json');
    const data = await Data.open(folder);
    const texts = {};
    try {
        for (const shape of manifest.shapes)
            for (const part of ['train', 'validation', 'heldout']) {
                const files = manifest.files.filter(file => file.shape === shape.name && file.part === part);
                texts[`${shape.name}/${part}`] = !files.length ? [] : shape.format === 'csv'
                    ? (await data.rows(`SELECT * FROM read_csv(${data.list(files)},
                        all_varchar = true, header = true, strict_mode = true)`)).map(row => JSON.stringify(row))
                    : await data.lines(files);
            }
    } finally {
        data.close();
    }
    return texts;
}

// Two folders hold the same records, however they are cut and packed.
async function checkSame(report, one, other) {
    const [wanted, got] = [await textsOf(one), await textsOf(other)];
    const problems = [];
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)]))
        if (JSON.stringify(wanted[name]) !== JSON.stringify(got[name]))
            problems.push(`${name}: ${wanted[name]?.length} records, ${got[name]?.length} other ones`);
    report.check(`the same records as ${path.basename(one)}`, problems);
}

module.exports = { checkFolder, checkSame };
