// The data files as DuckDB reads them.
'use strict';

const path = require('path');
const modules = require('./modules');

class Data {
    static async open(folder) {
        const { DuckDBInstance } = modules('@duckdb/node-api');
        // What is built in must do: nothing is fetched.
        const instance = await DuckDBInstance.create(':memory:', {
            autoinstall_known_extensions: 'false',
            autoload_known_extensions: 'false',
        });
        const data = new Data();
        data.folder = folder;
        data.instance = instance;
        data.connection = await instance.connect();
        return data;
    }

    close() {
        this.connection.closeSync();
        this.instance.closeSync();
    }

    // Rows as objects; numbers of 64 bits are texts.
    async rows(sql) {
        return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
    }

    async value(sql) {
        return Object.values((await this.rows(sql))[0])[0];
    }

    // A list of paths for the reading functions.
    list(files) {
        const quoted = files.map(file => `'${path.join(this.folder, file.name).replace(/'/g, "''")}'`);
        return `[${quoted.join(', ')}]`;
    }

    // The lines of JSON files, in order, as texts.
    async lines(files) {
        const found = [];
        for (const file of files)
            for (const row of await this.rows(`SELECT json FROM read_ndjson_objects(${this.list([file])})`))
                found.push(row.json);
        return found;
    }
}

// A table function over CSV files.  Nothing is guessed but types; the form is
// that of RFC 4180.
function csv(data, files, types) {
    return `read_csv(${data.list(files)}, header = true, delim = ',', quote = '"', escape = '"',
        strict_mode = true, filename = true, nullstr = '\\0', columns = ${types})`;
}

module.exports = { Data, csv };
