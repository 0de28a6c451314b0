import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { browserMissing, openBrowser } from './browser.ts'

/** A centre with nothing below it, somebody signed in, and a browser. */
export interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  /** Of an administrator, unless what was prepared says another. */
  readonly cookie: string
}

/**
 * Sets a stage once for all tests of a file and clears it after them; the answer throws before it is set. `prepare`
 * fills the centre and adds what the tests must know of it.
 */
export function stageWith<T extends object>(
  prepare: (network: TestNetwork) => Promise<T>,
  environment: Readonly<Record<string, string>> = {},
): () => Stage & T {
  const set: { stage?: Stage & T } = {}
  beforeAll(async () => {
    if (browserMissing()) return
    const network = await testNetwork({ stations: [], environment })
    const { cookie } = await network.centre.signIn('administrator')
    const browser = await openBrowser()
    set.stage = { browser, network, cookie, ...(await prepare(network)) }
  }, 240_000)
  afterAll(async () => {
    await set.stage?.browser.close()
    await set.stage?.network[Symbol.asyncDispose]()
  })
  return () => {
    if (!set.stage) throw new Error('the stage is not set')
    return set.stage
  }
}
