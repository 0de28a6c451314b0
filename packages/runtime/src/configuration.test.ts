import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { loadConfiguration } from './configuration.ts'

const schema = z.strictObject({
  http: z
    .strictObject({
      port: z.int().max(65535).default(8080).describe('a port, as in 8080'),
      hosts: z.array(z.string()).default([]),
    })
    .prefault({}),
  store: z
    .strictObject({
      url: z.string().optional(),
      home: z.url().optional(),
      keep: z.boolean().default(true),
    })
    .prefault({}),
})

async function loaded(yaml: string, environment: Record<string, string> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-configuration-'))
  const file = join(directory, 'haidang.yaml')
  await writeFile(file, yaml)
  return loadConfiguration({ schema, file, environment })
}

test('nothing given is all defaults, frozen', async () => {
  const configuration = await loadConfiguration({ schema, file: '/nonexistent', environment: {} })
  expect(configuration).toEqual({ http: { port: 8080, hosts: [] }, store: { keep: true } })
  expect(() => {
    Object.assign(configuration.http, { port: 1 })
  }).toThrow(TypeError)
})

test('the environment overrules the file, and means what the schema wants', async () => {
  const configuration = await loaded('http: { port: 1 }\nstore: { url: x }', {
    HAIDANG__HTTP__PORT: '9000',
    HAIDANG__HTTP__HOSTS: '[a, b]',
    HAIDANG__STORE__URL: '12345',
    HAIDANG__STORE__HOME: 'http://a',
    HAIDANG__STORE__KEEP: 'false',
    HAIDANG_DATA: 'elsewhere',
  })
  expect(configuration).toEqual({
    http: { port: 9000, hosts: ['a', 'b'] },
    store: { url: '12345', home: 'http://a', keep: false },
  })
})

test('a secret comes from the file it is said to be in, by either way', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-secret-'))
  const secret = join(directory, 'url')
  await writeFile(secret, 'postgres://x\n')
  const byVariable = await loaded('', { HAIDANG__STORE__URL_FILE: secret })
  const byYaml = await loaded(`store: { url_file: ${secret} }`)
  expect([byVariable.store.url, byYaml.store.url]).toEqual(['postgres://x', 'postgres://x'])
  await expect(loaded('store: { url_file: /nonexistent }')).rejects.toMatchObject({
    errors: [{ field: 'store.url_file', remedy: 'name a file this process may read' }],
  })
})

test('every fault is named with field, cause, remedy and where it stands', async () => {
  const loading = loaded('http: { prot: 1, port: many }', { HAIDANG__STORE__KEP: 'x' })
  await expect(loading).rejects.toMatchObject({
    code: 'configuration.invalid',
    errors: [
      {
        field: 'http.port',
        cause: expect.stringContaining('haidang.yaml'),
        remedy: 'write a port, as in 8080',
      },
      { field: 'http.prot', remedy: 'did you mean port?' },
      {
        field: 'store.kep',
        cause: 'unknown key (in HAIDANG__STORE__KEP)',
        remedy: 'did you mean keep?',
      },
    ],
  })
})

test('a file that is not YAML is refused with its line', async () => {
  await expect(loaded('http:\n  port: [1\n')).rejects.toThrow(/haidang\.yaml:\d+: /)
  await expect(loaded('- a')).rejects.toThrow('not a mapping')
})
