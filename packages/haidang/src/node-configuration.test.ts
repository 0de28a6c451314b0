import { loadConfiguration } from '@haidang/runtime/configuration'
import { expect, test } from 'vitest'
import { NodeConfiguration } from './node-configuration.ts'

function load(environment: Record<string, string>) {
  return loadConfiguration({ schema: NodeConfiguration, file: '/nonexistent', environment })
}

test('a node without a configuration beats three times before its parent calls it silent', async () => {
  const { link } = await load({})
  expect([link.heartbeat_seconds, link.silent_after_seconds]).toEqual([30, 90])
})

test('a heartbeat too slow for the silence it is watched by is refused, with the remedy', async () => {
  await expect(load({ HAIDANG__LINK__SILENT_AFTER_SECONDS: '8' })).rejects.toMatchObject({
    code: 'configuration.invalid',
    message: expect.stringMatching(/link\.silent_after_seconds.*twice link\.heartbeat_seconds/s),
  })
})

const bucket = 's3://hai-dang/ha-noi?endpoint=https://s3.example'

test('a file store needs its address and both keys; what is wrong is named by field', async () => {
  const keys = {
    HAIDANG__BLOBS__ACCESS_KEY: 'AK',
    HAIDANG__BLOBS__SECRET_KEY: 'secret',
  }
  const { blobs } = await load({ ...keys, HAIDANG__BLOBS__URL: bucket })
  expect(blobs).toEqual({ url: bucket, access_key: 'AK', secret_key: 'secret' })
  await expect(load({ HAIDANG__BLOBS__URL: bucket })).rejects.toMatchObject({
    code: 'configuration.invalid',
    errors: [
      { field: 'blobs.access_key', remedy: expect.stringContaining('the file store issued') },
      { field: 'blobs.secret_key' },
    ],
  })
  const wrong = { ...keys, HAIDANG__BLOBS__URL: bucket.replace('endpoint', 'endpiont') }
  await expect(load(wrong)).rejects.toMatchObject({
    errors: [{ field: 'blobs.url', cause: expect.stringContaining('did you mean endpoint?') }],
  })
})
