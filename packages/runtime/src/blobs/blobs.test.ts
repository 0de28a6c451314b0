import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Server } from '@haidang/testbed/s3-server'
import { afterAll, beforeAll } from 'vitest'
import { systemClock } from '../clock.ts'
import { type BlobPlace, blobsContract } from './blobs.contract.ts'
import { DirectoryBlobs } from './directory-blobs.ts'
import { readS3Address } from './s3/s3-address.ts'
import { S3Blobs } from './s3/s3-blobs.ts'
import { S3Client } from './s3/s3-client.ts'

const root = mkdtempSync(join(tmpdir(), 'haidang-blobs-'))
let server: S3Server
let places = 0

beforeAll(async () => {
  server = await S3Server.start()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(root, { recursive: true, force: true })
})

blobsContract('a directory', async () => {
  const directory = await mkdtemp(join(root, 'place-'))
  return {
    blobs: new DirectoryBlobs(directory),
    paths: async () => {
      const all = await readdir(directory, { recursive: true })
      return all.filter((path) => path.length > 64)
    },
    damage: (path, bytes) => writeFile(join(directory, path), bytes),
  }
})

blobsContract('a bucket', () => bucket('s3://bucket/ha-noi/node_1?region=vn-1&endpoint='))

async function bucket(url: string): Promise<BlobPlace> {
  const address = readS3Address(`${url}${server.endpoint}`)
  const { accessKey, secretKey } = server
  const client = new S3Client({
    address,
    accessKey,
    secretKey,
    clock: systemClock,
    patience: 5_000,
  })
  const kind = `place-${places++}`
  const begin = ['bucket', address.prefix, kind, ''].filter((part, n) => part || n === 3).join('/')
  return {
    blobs: new S3Blobs(client, kind),
    paths: async () =>
      [...server.objects.keys()]
        .filter((key) => key.startsWith(begin))
        .map((key) => key.slice(begin.length)),
    damage: async (path, bytes) => {
      server.objects.set(begin + path, Buffer.from(bytes))
    },
  }
}
