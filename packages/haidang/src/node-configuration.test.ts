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
