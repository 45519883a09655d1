// JSON against the schemas of tests/formats/schemas, by ajv.
'use strict';

const fs = require('fs');
const path = require('path');
const modules = require('./modules');

const Ajv = modules('ajv/dist/2020').default;

const folder = path.join(__dirname, '..', 'schemas');
const compiled = new Map();

function schema(name) {
    if (!compiled.has(name)) {
        const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
        for (const file of fs.readdirSync(folder).filter(each => each.endsWith('.schema.json')))
            ajv.addSchema(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')), file);
        compiled.set(name, ajv.getSchema(`${name}.schema.json`));
        if (!compiled.get(name))
            throw new Error(`there is no schema ${name}.schema.json`);
    }
    return compiled.get(name);
}

// What is wrong with a text of JSON.
function fits(name, text, where) {
    let value;
    try {
        value = JSON.parse(text);
    } catch (error) {
        return [`${where}: ${error.message}`];
    }
    const validate = schema(name);
    if (validate(value))
        return [];
    return validate.errors.map(error => `${where}${error.instancePath}: ${error.message} ` +
        JSON.stringify(error.params));
}

function documentFits(name, root) {
    return fits(name, fs.readFileSync(path.join(root, `${name}.json`), 'utf8'), `${name}.json`);
}

module.exports = { fits, documentFits };
