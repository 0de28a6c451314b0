import { endpoint } from '@haidang/contracts/endpoint'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { lateClient } from './late-client.ts'
import { Unreachable } from './send.ts'

const table = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/things/:id',
    permission: 'signed-in',
    summary: 'One thing',
    params: z.object({ id: z.string() }),
    reply: z.object({ name: z.string() }),
  }),
}
const one = { params: { id: 'a' } }

test('a table is fetched with the first call, once, and answers are read by it', async () => {
  const asked = vi.fn(async () => ({ name: 'một', more: 1 }))
  const load = vi.fn(async () => table)
  const client = lateClient(load, asked)
  expect(load).not.toHaveBeenCalled()
  const answers = await Promise.all([client.get(one), client.get(one)])
  expect(answers).toEqual([{ name: 'một' }, { name: 'một' }])
  expect(load).toHaveBeenCalledOnce()
  expect(asked).toHaveBeenCalledWith('GET', '/api/v1/things/a', undefined, undefined)
})

test('a table that could not be fetched is told as unreachable, and asked for again', async () => {
  let isCut = true
  const client = lateClient(
    async () => {
      if (isCut) throw new TypeError('Failed to fetch dynamically imported module')
      return table
    },
    async () => ({ name: 'một' }),
  )
  await expect(client.get(one)).rejects.toBeInstanceOf(Unreachable)
  isCut = false
  expect(await client.get(one)).toEqual({ name: 'một' })
})
