import { restoredTable } from '@haidang/contracts/archive'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { answering, blobsOn, started } from '@haidang/testbed/s3-place'
import { expect, test, vi } from 'vitest'
import { archiveNode, day, first, hourOf, owner } from './archive-node.ts'

// Engines of their own: seconds on a quiet machine, many on a busy one.
vi.setConfig({ testTimeout: 180_000 })

test('events are archived to a bucket, deleted, searched from there whole, and go when they are old', async () => {
  await using node = await archiveNode()
  const server = await started()
  const blobs = blobsOn(server, { patience: 0 })
  const service = node.serviceOn({ ...node.ports, blobs })
  const all = hourOf(0, 300)
  const range = { from: isoOf(first), to: isoOf(first + day) }
  await node.insert(all)
  node.clock.advance(11 * day)

  // A bucket that refuses: nothing is deleted, and the cause is told.
  server.next(answering(403, 'AccessDenied'))
  await expect(node.turn(service)).rejects.toMatchObject({ code: 'blobs.refused' })
  expect((await service.status(owner)).last_error).toContain('may not do this in the bucket')
  expect(await node.ids()).toHaveLength(300)

  // A lost answer: the file is there, its repeat is the same.
  server.next(server.loseAnswer)
  await expect(node.turn(service)).rejects.toMatchObject({ code: 'blobs.unavailable' })
  await node.turn(service)
  expect(await node.ids()).toEqual([])
  const names = (await node.catalogue()).map(({ sha256 }) => sha256).toSorted()
  expect([...server.objects.keys()].map((key) => key.slice(-64)).toSorted()).toEqual(names)
  expect(await service.verify(owner, range)).toEqual({ verified: names.length, faulty: 0 })

  expect(await service.reach(systemScope, first, first + day)).toMatchObject({ waiting: 0 })
  expect(await node.ids(restoredTable)).toEqual(all.map(({ id }) => id).toSorted())

  const [key = ''] = server.objects.keys()
  server.objects.set(key, Buffer.from('changed'))
  expect(await service.verify(owner, range)).toEqual({ verified: names.length, faulty: 1 })

  node.clock.advance(30 * day)
  await node.turn(service)
  node.clock.advance(2 * day)
  await node.turn(service)
  expect([await node.catalogue(), server.objects.size]).toEqual([[], 0])
})
