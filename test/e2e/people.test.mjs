/* Accounts from the command line: first passwords are made by the program, others come in on standard input; the three
 * administrators stay three; who may do what can be asked; a backup keeps it all. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT, databases, expectDone, kezhang, kezhangReading, place, start } from './lib.mjs';

const DEFS = path.join(ROOT, 'defs');

/* Refused as input, with these words, and nothing on stdout. */
function refused(done, words) {
    assert.match(done.err, words);
    assert.equal(done.out, '');
    assert.equal(done.code, 2);
}

for (const database of databases)
    test(`accounts on ${database.name}`, { skip: database.skip }, () => {
        const store = database.make(DEFS);
        assert.equal(expectDone(store, 'user', 'list'), '', 'a new folder knows nobody');
        expectDone(store, 'user', 'unit', 'bureau', '--name', '青禾县科技局');
        const first = [expectDone(store, 'user', 'add', 'wang', '--name', '王明', '--unit', 'bureau', '--role', 'clerk'),
            expectDone(store, 'user', 'add', 'zhang', '--name', '张伟', '--role', 'director')];
        assert.match(first[0], /^wang: first password \S{16} \(to be changed at the first sign-in\)\n$/);
        assert.notEqual(first[0].split(' ')[3], first[1].split(' ')[3]);
        refused(kezhang(store, 'user', 'add', 'wang', '--name', '王'), /the login 'wang' is taken/);
        refused(kezhang(store, 'user', 'add', 'chen', '--name', '陈静', '--role', 'king'), /there is no role 'king'/);
        assert.doesNotMatch(expectDone(store, 'user', 'list'), /chen/, 'an account without its role is not made');

        refused(kezhang(store, 'user', 'role', 'wang', 'audit_admin'), /administrators are three people/);
        refused(kezhangReading(store, 'short\n', 'user', 'password', 'wang'), /fewer than 10 characters/);
        refused(kezhangReading(store, '', 'user', 'password', 'wang'), /there was no password/);
        refused(kezhang(store, 'user', 'password', 'wang', 'Qinghe-2026-x'), /is called like this/);
        assert.equal(kezhangReading(store, 'Qinghe-2026-x\n', 'user', 'password', 'wang').code, 0);

        expectDone(store, 'user', 'delegate', 'zhang', 'wang', '--role', 'director', '--from', '2030-07-08', '--to', '2030-07-10');
        const issuers = (day) => expectDone(store, 'user', 'who', '--permission', 'report:issue', '--day', day);
        assert.match(issuers('2030-07-08'), /^wang .*Director \(the whole county\), delegated by zhang until 2030-07-10\nzhang .*\n$/);
        assert.match(issuers('2030-07-11'), /^zhang .*\n$/);
        expectDone(store, 'user', 'disable', 'zhang');
        assert.equal(issuers('2030-07-08'), 'nobody\n', 'with the giver goes what he gave');
        refused(kezhang(store, 'user', 'who', '--permission', 'report:isue'), /did you mean 'report:issue'/);

        const backup = place('backup.zip');
        expectDone(store, 'backup', backup);
        const restored = { folder: place('restored'), defs: DEFS };
        expectDone(restored, 'restore', backup);
        assert.equal(expectDone(restored, 'user', 'list'), expectDone(store, 'user', 'list'));
        assert.equal(expectDone(restored, 'user', 'who', 'wang'), expectDone(store, 'user', 'who', 'wang'));
    });

for (const database of databases)
    test(`two who give at once on ${database.name}`, { skip: database.skip }, async () => {
        const store = database.make(DEFS);
        for (let i = 0; i < 5; i++) {
            expectDone(store, 'user', 'add', `p${i}`, '--name', '某人');
            const roles = ['system_admin', 'security_admin', 'audit_admin', 'clerk'];
            const ended = await Promise.all(roles.map((role) => start(store, 'user', 'role', `p${i}`, role).ended));
            assert.equal(ended.filter(({ code }) => code === 0).length, 1, 'one of four roles that exclude each other is given');
            assert.equal(ended.filter(({ code, err }) => code === 2 && /administrators are three people/.test(err)).length, 3);
        }
    });
