import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { newRecoveryKey, unwrapKey, wrapKey } from './backup-key.ts'
import { type BackupManifest, requireGenuine, sealManifest } from './backup-manifest.ts'
import type { BackupPlace } from './backup-place.ts'
import { BackupReader } from './backup-reader.ts'
import { BackupShelf } from './backup-shelf.ts'
import { BackupWriter } from './backup-writer.ts'

class MemoryPlace implements BackupPlace {
  readonly label = 'memory'
  readonly files = new Map<string, Uint8Array>()
  read = async (name: string) => this.files.get(name)
  write = async (name: string, bytes: Uint8Array) => void this.files.set(name, bytes)
  remove = async (name: string) => void this.files.delete(name)
  close = () => undefined
}

const key = randomBytes(32)
const recovery = newRecoveryKey()
const { signal } = new AbortController()
const of = (bytes: Uint8Array) => Readable.from([bytes], { objectMode: false })

function manifestOf(id: string, files: BackupManifest['files']): BackupManifest {
  return sealManifest(
    {
      format: 1,
      id,
      kind: 'whole',
      node: 'nod_x',
      version: '0',
      events: 0,
      segment: 0,
      created_at: `2026-11-2${id}T00:00:00Z`,
      finished_at: `2026-11-2${id}T00:01:00Z`,
      migrations: {},
      journal: { entries: 0, head: '' },
      tables: [],
      sequences: [],
      files,
      left_out: [],
      keys: wrapKey(key, { recipient: recovery.publicKey }),
    },
    key,
  )
}

/** A backup of one file that changes and one that does not. */
async function made(place: MemoryPlace, id: string, changing: Uint8Array, same: Uint8Array) {
  const shelf = await BackupShelf.open(place)
  const [newest] = shelf.backups
  const earlier = newest ? (await shelf.manifest(newest.id)).files : []
  const writer = new BackupWriter(shelf, key, earlier)
  await shelf.begin(id)
  await writer.add({ path: 'changing' }, of(changing), signal)
  if (!writer.takeOver('same', 'print'))
    await writer.add({ path: 'same', print: 'print' }, of(same), signal)
  await shelf.commit(manifestOf(id, writer.files))
}

test('what is written comes back, in pieces, and is nowhere in the clear', async () => {
  const place = new MemoryPlace()
  const secret = randomBytes(9_000_000)
  await made(place, '1', secret, Buffer.from('mật khẩu của nút'))
  const shelf = await BackupShelf.open(place)
  const { files, keys } = await shelf.manifest('1')
  expect(files.map(({ chunks }) => chunks.length)).toEqual([3, 1])
  const opened = unwrapKey(keys, { recoveryKey: recovery.privateKey })
  const reader = new BackupReader(place, opened)
  const back = await Promise.all(files.map((file) => buffer(reader.read(file))))
  expect(back[0]?.equals(secret)).toBe(true)
  expect(back[1]?.toString()).toBe('mật khẩu của nút')
  for (const bytes of place.files.values())
    expect(Buffer.from(bytes).includes('mật khẩu')).toBe(false)
})

test('pieces of an earlier backup are used again, and stay as long as one backup needs them', async () => {
  const place = new MemoryPlace()
  for (const id of ['1', '2', '3']) await made(place, id, randomBytes(50), Buffer.from('như cũ'))
  const shelf = await BackupShelf.open(place)
  expect(await shelf.thin('whole', 1)).toEqual(['2', '1'])
  const { files } = await shelf.manifest('3')
  const reader = new BackupReader(place, key)
  for (const file of files) await reader.check(file)
  expect(place.files.size).toBe(1 + 1 + 2)
})

test('an interrupted backup is not listed, and the next removes what it left', async () => {
  const place = new MemoryPlace()
  await made(place, '1', randomBytes(50), Buffer.from('x'))
  const broken = await BackupShelf.open(place)
  await broken.begin('2')
  await new BackupWriter(broken, key, []).add({ path: 'half' }, of(randomBytes(50)), signal)
  const shelf = await BackupShelf.open(place)
  expect(shelf.backups.map(({ id }) => id)).toEqual(['1'])
  expect([...place.files.keys()].some((name) => name.startsWith('2/'))).toBe(true)
  await shelf.begin('3')
  expect([...place.files.keys()].some((name) => name.startsWith('2/'))).toBe(false)
})

test('damage, another key and a manifest somebody changed are refused', async () => {
  const place = new MemoryPlace()
  await made(place, '1', randomBytes(50), Buffer.from('x'))
  const shelf = await BackupShelf.open(place)
  const manifest = await shelf.manifest('1')
  expect(() => unwrapKey(manifest.keys, { recoveryKey: newRecoveryKey().privateKey })).toThrow(
    'private half of the recovery key',
  )
  expect(() => requireGenuine({ ...manifest, version: '9' }, key)).toThrow('not as the node wrote')
  const [file] = manifest.files
  const name = file?.chunks[0]?.name ?? ''
  place.files.set(name, randomBytes(60))
  if (!file) throw new Error('no file')
  await expect(new BackupReader(place, key).check(file)).rejects.toThrow('was changed')
  place.files.delete(name)
  await expect(new BackupReader(place, key).check(file)).rejects.toThrow('is missing')
  place.files.set('1/manifest.json', Buffer.from('{}'))
  await expect(shelf.manifest('1')).rejects.toThrow('was changed')
})

test('a passphrase opens a backup, another does not', () => {
  const keys = wrapKey(key, { passphrase: 'đèn biển soi đường đêm' })
  expect(unwrapKey(keys, { passphrase: 'đèn biển soi đường đêm' }).equals(key)).toBe(true)
  expect(() => unwrapKey(keys, { passphrase: 'den bien soi duong dem' })).toThrow('passphrase')
})
