import { expect, test } from 'vitest'
import { InsertGate } from './insert-gate.ts'

test('quiet work waits for inserts under way, and inserts that come later wait for it', async () => {
  const gate = new InsertGate()
  const done: string[] = []
  const first = Promise.withResolvers<void>()
  const quiet = Promise.withResolvers<void>()
  const said = (name: string, held?: Promise<void>) => async () => {
    await held
    done.push(name)
  }
  const all = [
    gate.insert(said('first', first.promise)),
    gate.insert(said('beside')),
    gate.quietly(said('quiet', quiet.promise)),
    gate.insert(said('later')),
  ]
  await all[1]
  expect(done).toEqual(['beside'])
  quiet.resolve()
  await Promise.resolve()
  expect(done).toEqual(['beside'])
  first.resolve()
  await Promise.all(all)
  expect(done).toEqual(['beside', 'first', 'quiet', 'later'])
})

test('what fails lets the others through and is told to whom it belongs', async () => {
  const gate = new InsertGate()
  const fail = () => Promise.reject(new Error('no'))
  const insert = gate.insert(fail)
  const quiet = gate.quietly(fail)
  const later = gate.insert(() => Promise.resolve(7))
  await expect(insert).rejects.toThrow('no')
  await expect(quiet).rejects.toThrow('no')
  await expect(later).resolves.toBe(7)
})
