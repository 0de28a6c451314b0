import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const modules = join(root, 'packages/centre/src/modules')

// house.md, "centre/src/modules/<nouns>/, always the same files, named by the noun".
const suffixes = ['tables', 'store', 'service', 'routes', 'envelopes', 'jobs', 'view']
const allowed = new RegExp(`^[a-z]+(-[a-z]+)*?(-(${suffixes.join('|')}))?(\\.test)?\\.ts$`)

test.each(readdirSync(modules))('module %s has only files of the known shape', (name) => {
  for (const file of readdirSync(join(modules, name))) {
    expect(statSync(join(modules, name, file)).isFile(), `${name}/${file} is a folder`).toBe(true)
    expect(file, `${name}/${file}`).toMatch(allowed)
  }
})

test('no module has more than one noun too many', () => {
  for (const name of readdirSync(modules)) {
    const count = readdirSync(join(modules, name)).filter((file) => !file.includes('.test.')).length
    expect(count, `${name} has ${count} files: make it two modules`).toBeLessThanOrEqual(14)
  }
})
