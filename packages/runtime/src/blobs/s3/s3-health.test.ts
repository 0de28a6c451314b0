import { blobsOn, started } from '@haidang/testbed/s3-place'
import { expect, test } from 'vitest'
import { readS3Address } from './s3-address.ts'
import { s3Health } from './s3-health.ts'

test('a file store that answers is well; unencrypted beyond this machine is a warning', async () => {
  const server = await started()
  const address = readS3Address(`s3://bucket?endpoint=${server.endpoint}`)
  expect(await s3Health(blobsOn(server), address)).toMatchObject({ state: 'ok' })
  const far = readS3Address('s3://bucket?endpoint=http://192.0.2.7:9000')
  expect(await s3Health(blobsOn(server), far)).toMatchObject({
    state: 'warn',
    cause: { en: 'Files go to 192.0.2.7:9000 unencrypted' },
  })
})

test('what keeps a node from its files is told with field and remedy, never with the secret', async () => {
  const server = await started()
  const address = readS3Address(`s3://bucket?endpoint=${server.endpoint}`)
  const refused = await s3Health(blobsOn(server, { secretKey: 'not-the-secret' }), address)
  expect(refused).toMatchObject({
    state: 'fail',
    cause: { en: expect.stringContaining('does not belong to the access key') },
    remedy: { vi: expect.stringContaining('blobs.secret_key') },
  })
  const reachable = blobsOn(server)
  await server[Symbol.asyncDispose]()
  const away = await s3Health(reachable, address)
  expect(away).toMatchObject({
    state: 'fail',
    cause: { vi: expect.stringContaining('ECONNREFUSED') },
    remedy: { en: expect.stringContaining('the node goes on by itself') },
  })
  expect(JSON.stringify([refused, away])).not.toContain('not-the-secret')
})
