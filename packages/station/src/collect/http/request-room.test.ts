import { Readable } from 'node:stream'
import { Problem } from '@haidang/runtime/problem'
import { expect, test } from 'vitest'
import { wholeBody } from './request-body.ts'
import { RequestRoom } from './request-room.ts'

const requestOf = (raw: Readable) => ({ body: undefined, raw, headers: {} })

test('requests whose bodies do not end hold no more than their number; when they end there is room again', async () => {
  const room = new RequestRoom({ requests: 2, bytes: 100 })
  const slow = [new Readable({ read: () => undefined }), new Readable({ read: () => undefined })]
  const held = slow.map((body) =>
    room.hold((spend) => wholeBody(requestOf(body), { bytes: 50, spend })),
  )
  expect(room.isFull).toBe(true)
  await expect(room.hold(async () => 1)).rejects.toMatchObject({ code: 'ingest.overloaded' })
  slow[0]?.push('done')
  slow[0]?.push(null)
  slow[1]?.destroy(new Error('gone'))
  await expect(held[0]).resolves.toEqual(Buffer.from('done'))
  await expect(held[1]).rejects.toMatchObject({ code: 'request.invalid' })
  await expect(room.hold(async () => 1)).resolves.toBe(1)
})

test('bytes of all requests together are bounded and given back, also by work that fails', async () => {
  const room = new RequestRoom({ requests: 9, bytes: 100 })
  const read = (length: number) =>
    room.hold((spend) =>
      wholeBody(requestOf(Readable.from([Buffer.alloc(length)])), { bytes: 1000, spend }),
    )
  const first = Promise.withResolvers<void>()
  const holding = room.hold(async (spend) => {
    spend(80)
    await first.promise
    throw new Problem('request.invalid')
  })
  await expect(read(30)).rejects.toMatchObject({ code: 'ingest.overloaded' })
  await expect(read(20)).resolves.toHaveLength(20)
  first.resolve()
  await expect(holding).rejects.toMatchObject({ code: 'request.invalid' })
  await expect(read(100)).resolves.toHaveLength(100)
})
