import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobNameOf } from '@haidang/runtime/blobs/blob-name'
import { type BlobPlace, blobsContract } from '@haidang/runtime/blobs/blobs.contract'
import { readS3Address } from '@haidang/runtime/blobs/s3/s3-address'
import { S3Blobs } from '@haidang/runtime/blobs/s3/s3-blobs'
import { S3Client } from '@haidang/runtime/blobs/s3/s3-client'
import { systemClock } from '@haidang/runtime/clock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasSwift, Swift } from './harness/swift.ts'

test('where CI runs, there is OpenStack Swift', () => {
  expect(hasSwift || process.env['CI'] !== 'true').toBe(true)
})
if (!hasSwift) console.log('no bucket is tried: swift-proxy and its servers are not installed')

describe.skipIf(!hasSwift)('a bucket of OpenStack Swift', () => {
  const root = mkdtempSync(join(tmpdir(), 'haidang-s3-'))
  let started: Swift | undefined
  const swiftOf = () => started ?? expect.fail('Swift was not started')
  let places = 0
  const clientOf = ({ accessKey, secretKey, endpoint }: Swift) => {
    const address = readS3Address(`s3://hai-dang/node?region=vn-1&endpoint=${endpoint}`)
    return new S3Client({ address, accessKey, secretKey, clock: systemClock, patience: 60_000 })
  }

  beforeAll(async () => {
    started = await Swift.start(root)
  })
  afterAll(async () => {
    await started?.[Symbol.asyncDispose]()
    rmSync(root, { recursive: true, force: true })
  })

  const open = async (): Promise<BlobPlace> => {
    const swift = swiftOf()
    const kind = `place-${places++}`
    const begin = `node/${kind}/`
    return {
      blobs: new S3Blobs(clientOf(swift), kind),
      paths: async () => (await swift.keys(begin)).map((key) => key.slice(begin.length)),
      damage: (path, bytes) => swift.write(begin + path, bytes),
    }
  }
  blobsContract('Swift', open)

  test.each([15_000_000, 20_000_000])(
    'an upload of %d bytes during which the service is killed is not half visible, and goes on by itself when it is back',
    async (size) => {
      const swift = swiftOf()
      const { blobs, paths } = await open()
      const bytes = randomBytes(size)
      const putting = blobs.put(bytes)
      await swift.kill()
      const restarting = swift.restart()
      expect(await putting.then(() => 'put', String)).toBe('put')
      await restarting
      expect(await paths()).toHaveLength(1)
      const back = await blobs.get(blobNameOf(bytes))
      expect(bytes.equals(back ?? Buffer.alloc(0))).toBe(true)
    },
  )
})
