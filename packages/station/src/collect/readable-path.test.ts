import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forbiddenPlace, requireReadable } from './readable-path.ts'

test('no source reads the data directory, however its path is written', () => {
  for (const path of ['/d/n', '/d/n/keys/a.pem', '/d/x/../n/local-access.json', '/d/n/*.log']) {
    expect(forbiddenPlace(path, '/d/n'), path).toBe('/d/n')
  }
  for (const path of ['/d/n2/app.log', '/d/app.log', '/var/log/auth.log']) {
    expect(forbiddenPlace(path, '/d/n'), path).toBeUndefined()
  }
})

test('what the system shows of processes and devices is no source', () => {
  expect(forbiddenPlace('/proc/self/environ', '/d/n')).toBe('/proc')
  expect(forbiddenPlace('/dev/zero', '/d/n')).toBe('/dev')
})

test('a link into the data directory is refused when the file is opened', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'readable-'))
  const data = join(directory, 'data')
  await mkdir(data)
  await writeFile(join(data, 'secret'), 'x')
  await writeFile(join(directory, 'app.log'), 'x')
  await symlink(join(data, 'secret'), join(directory, 'link.log'))
  await expect(requireReadable(join(directory, 'link.log'), data)).rejects.toThrow('no source')
  await expect(requireReadable(join(directory, 'app.log'), data)).resolves.toBeUndefined()
  await rm(directory, { recursive: true })
})
