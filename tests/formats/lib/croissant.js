// croissant.json, expanded as JSON-LD by a processor that may fetch nothing, and
// held against the files.
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const modules = require('./modules');
const { pattern } = require('./card');

const jsonld = modules('jsonld');

const SC = 'http://schema.org/';
const CR = 'http://mlcommons.org/croissant/';
const RAI = `${CR}RAI/`;
const DCT = 'http://purl.org/dc/terms/';
const BASE = 'https://dataset.example/';

const REQUIRED = [`${DCT}conformsTo`, `${SC}name`, `${SC}description`, `${SC}license`, `${SC}url`,
    `${SC}creator`, `${SC}datePublished`, `${SC}version`, `${CR}citeAs`, `${CR}isLiveDataset`,
    `${SC}distribution`, `${CR}recordSet`, `${RAI}dataCollection`, `${RAI}dataCollectionType`,
    `${RAI}dataAnnotationProtocol`, `${RAI}dataAnnotationAnalysis`, `${RAI}annotationsPerItem`,
    `${RAI}machineAnnotationTools`, `${RAI}dataBiases`, `${RAI}dataLimitations`, `${RAI}dataUseCases`,
    `${RAI}personalSensitiveInformation`];

const SPLITS = {
    train: `${CR}TrainingSplit`,
    validation: `${CR}ValidationSplit`,
    heldout: `${CR}TestSplit`,
};

const PACKED = { '.gz': 'application/gzip', '.zst': 'application/zstd' };

async function expand(document) {
    const documentLoader = async url => {
        throw new Error(`asks for ${url}`);
    };
    // `safe` makes a term that the context does not know an error.
    const expanded = await jsonld.expand(document, { documentLoader, base: BASE, safe: true });
    if (expanded.length !== 1)
        throw new Error(`${expanded.length} nodes`);
    return expanded[0];
}

const values = (node, property) => (node[property] || []).map(value => value['@value'] ?? value['@id'] ?? value);
const one = (node, property) => values(node, property)[0];
const types = node => node['@type'] || [];
const own = id => id.startsWith(BASE) ? decodeURI(id.slice(BASE.length)) : id;

function properties(node, found = new Set()) {
    if (Array.isArray(node))
        node.forEach(item => properties(item, found));
    else if (node && typeof node === 'object' && node['@type'] !== '@json')
        for (const [name, value] of Object.entries(node)) {
            if (!name.startsWith('@'))
                found.add(name);
            properties(value, found);
        }
    return found;
}

function head(node) {
    const problems = REQUIRED.filter(name => !values(node, name).length).map(name => `no ${name}`);
    if (!types(node).includes(`${SC}Dataset`))
        problems.push(`types ${types(node)}`);
    if (one(node, `${DCT}conformsTo`) !== 'http://mlcommons.org/croissant/1.1')
        problems.push(`conforms to ${one(node, `${DCT}conformsTo`)}`);
    if (!/^\d+\.\d+\.\d+$/.test(one(node, `${SC}version`)))
        problems.push(`version ${one(node, `${SC}version`)}`);
    if (!/^\d{4}-\d\d-\d\d$/.test(one(node, `${SC}datePublished`)))
        problems.push(`date ${one(node, `${SC}datePublished`)}`);
    try {
        new URL(one(node, `${SC}url`));
    } catch {
        problems.push(`url ${one(node, `${SC}url`)}`);
    }
    for (const name of properties(node))
        if (![SC, CR, RAI, `${DCT}conformsTo`].some(space => name.startsWith(space)))
            problems.push(`a property ${name}`);
    return problems;
}

function formats(name) {
    const packed = PACKED[path.extname(name)];
    const content = /\.csv(\.|$)/.test(name) ? 'text/csv' : 'application/jsonlines';
    return packed ? [packed, content].sort() : [content];
}

// Every data file, with the sum and the size that it has.
function files(node, folder, manifest) {
    const problems = [];
    const objects = node[`${SC}distribution`].filter(item => types(item).includes(`${CR}FileObject`));
    const ids = objects.map(item => own(item['@id'])).sort();
    const wanted = manifest.files.map(file => file.name).sort();
    if (JSON.stringify(ids) !== JSON.stringify(wanted))
        problems.push(`files ${ids}, wanted ${wanted}`);
    for (const item of objects) {
        const name = one(item, `${SC}contentUrl`);
        const bytes = fs.readFileSync(path.join(folder, name));
        const sum = crypto.createHash('sha256').update(bytes).digest('hex');
        if (own(item['@id']) !== name)
            problems.push(`${item['@id']} is at ${name}`);
        if (one(item, `${SC}sha256`) !== sum)
            problems.push(`${name}: sha256 ${one(item, `${SC}sha256`)}, is ${sum}`);
        if (one(item, `${SC}contentSize`) !== `${bytes.length} B`)
            problems.push(`${name}: ${one(item, `${SC}contentSize`)}, is ${bytes.length} B`);
        const told = values(item, `${SC}encodingFormat`).sort();
        if (JSON.stringify(told) !== JSON.stringify(formats(name)))
            problems.push(`${name}: format ${told}`);
    }
    return problems;
}

// The files of a set by its pattern; each set has those of one form, all of them.
function filesOf(node, id, manifest) {
    const set = node[`${SC}distribution`].find(item => item['@id'] === id && types(item).includes(`${CR}FileSet`));
    if (!set)
        throw new Error(`there is no set of files ${id}`);
    const patterns = values(set, `${CR}includes`).map(pattern);
    return manifest.files.filter(file => patterns.some(glob => glob.test(file.name)));
}

function sets(node, manifest) {
    const problems = [];
    const shapes = [...new Set(manifest.files.filter(file => file.rows > 0).map(file => file.shape))];
    for (const shape of shapes) {
        const got = filesOf(node, `${BASE}${shape}-files`, manifest).map(file => file.name);
        const wanted = manifest.files.filter(file => file.shape === shape).map(file => file.name);
        if (JSON.stringify(got) !== JSON.stringify(wanted))
            problems.push(`${shape}: ${got}, wanted ${wanted}`);
    }
    return problems;
}

function splits(node, manifest) {
    const set = node[`${CR}recordSet`].find(item => own(item['@id']) === 'splits');
    const parts = [...new Set(manifest.files.filter(file => file.rows > 0).map(file => file.part))];
    const order = Object.keys(SPLITS).filter(part => parts.includes(part));
    const wanted = order.map(part => ({ 'splits/name': part, 'splits/url': SPLITS[part].replace(CR, 'cr:') }));
    const got = set && set[`${CR}data`][0]['@value'];
    if (!set || !values(set, `${CR}dataType`).includes(`${CR}Split`))
        return ['no record set of type cr:Split'];
    return JSON.stringify(got) === JSON.stringify(wanted) ? [] : [`splits ${JSON.stringify(got)}`];
}

// ---- Fields ----

// The values that a path of the kinds used here has in a record.
function find(record, jsonPath) {
    let found = [record];
    for (const step of jsonPath.replace(/^\$\.?/, '').split('.')) {
        const [, name, star] = /^([^[]+)(\[\*\])?$/.exec(step);
        found = found.map(value => value?.[name]);
        if (star)
            found = found.flat();
    }
    return found;
}

const FITS = {
    [`${SC}Text`]: value => typeof value === 'string',
    [`${SC}URL`]: value => URL.canParse(value),
    [`${SC}Boolean`]: value => typeof value === 'boolean' || value === 'true' || value === 'false',
    [`${SC}Integer`]: value => Number.isInteger(value) || /^-?\d+$/.test(value),
    [`${SC}DateTime`]: value => /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value),
};

function field(item, records) {
    const source = item[`${CR}source`][0];
    const extract = source[`${CR}extract`][0];
    const column = one(extract, `${CR}column`);
    const jsonPath = one(extract, `${CR}jsonPath`);
    const type = values(item, `${CR}dataType`).find(name => name !== `${CR}Label`);
    const problems = [];
    if (!column === !jsonPath)
        return [`${item['@id']}: neither column nor path, or both`];
    if (jsonPath && jsonPath.includes('[*]') !== (one(item, `${CR}isArray`) === true))
        problems.push(`${item['@id']}: ${jsonPath} and isArray ${one(item, `${CR}isArray`)}`);
    let seen = 0;
    for (const record of records) {
        const found = column ? [record[column]] : find(record, jsonPath);
        for (const value of found) {
            if (value === null)
                continue;
            seen++;
            if (value === undefined || !FITS[type](value))
                problems.push(`${item['@id']}: ${JSON.stringify(value)} is no ${type}`);
        }
    }
    if (!seen)
        problems.push(`${item['@id']}: no value in any record`);
    return problems;
}

// The name of every file gives its part.
function splitField(item, got) {
    const source = item[`${CR}source`][0];
    const regex = new RegExp(one(source[`${CR}transform`][0], `${CR}regex`));
    const reference = own(item[`${CR}references`][0][`${CR}field`][0]['@id']);
    const problems = reference === 'splits/name' ? [] : [`refers to ${reference}`];
    for (const file of got)
        for (const full of [file.name, `/some/where/${file.name}`])
            if (regex.exec(full)?.[1] !== file.part)
                problems.push(`${full} is of split ${regex.exec(full)?.[1]}`);
    return problems;
}

const LABELS = {
    graph: ['importance_label', 'prep_needed', 'prep_time_minutes', 'reasoning'],
    csv: ['importance_label', 'prep_needed', 'prep_time_minutes', 'rsvp', 'reasoning'],
};

// `records` gives some records of a form; all of their members have fields.
function recordSet(node, set, manifest, records) {
    const name = own(set['@id']);
    const problems = [];
    const told = new Set();
    const labels = [];
    for (const item of set[`${CR}field`]) {
        const source = item[`${CR}source`][0];
        const got = filesOf(node, source[`${CR}fileSet`][0]['@id'], manifest);
        if (own(item['@id']) !== `${name}/${one(item, `${SC}name`)}`)
            problems.push(`${item['@id']} is called ${one(item, `${SC}name`)}`);
        if (got.some(file => file.shape !== name))
            problems.push(`${item['@id']} is in files of another form`);
        if (values(item, `${CR}dataType`).includes(`${CR}Label`))
            labels.push(one(item, `${SC}name`));
        if (one(item, `${SC}name`) === 'split') {
            problems.push(...splitField(item, got));
            continue;
        }
        problems.push(...field(item, records));
        const extract = source[`${CR}extract`][0];
        told.add(one(extract, `${CR}column`) ?? /^\$\.([^.[]+)/.exec(one(extract, `${CR}jsonPath`))[1]);
    }
    for (const member of Object.keys(records[0]))
        if (!told.has(member))
            problems.push(`${name}: no field for ${member}`);
    if (LABELS[name] && JSON.stringify(labels) !== JSON.stringify(LABELS[name]))
        problems.push(`${name}: labels ${labels}`);
    return problems;
}

async function checkCroissant(report, folder, manifest, recordsOf) {
    let node;
    await report.run('croissant: expands as JSON-LD', async () => {
        node = await expand(JSON.parse(fs.readFileSync(path.join(folder, 'croissant.json'), 'utf8')));
        return [];
    });
    if (!node)
        return;
    await report.run('croissant: what must be said of a dataset', () => head(node));
    await report.run('croissant: files, their sizes and sums', () => files(node, folder, manifest));
    await report.run('croissant: sets of files', () => sets(node, manifest));
    await report.run('croissant: splits', () => splits(node, manifest));
    for (const shape of manifest.shapes) {
        const records = await recordsOf(shape);
        const set = node[`${CR}recordSet`].find(item => own(item['@id']) === shape.name);
        await report.run(`croissant: fields of ${shape.name}`,
            () => set ? recordSet(node, set, manifest, records) : ['there is no such record set']);
    }
}

module.exports = { checkCroissant };
