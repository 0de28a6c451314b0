import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test, vi } from 'vitest'

test('who listens is called again, and told something may be missing, after the connection broke', async () => {
  await using database = await testDatabase([])
  const heard: string[] = []
  const stop = database.listen('bell', (payload) => heard.push(payload))
  await vi.waitFor(() => expect(heard).toEqual(['']))
  await database.asOwner("select pg_notify('bell', 'one')")
  await vi.waitFor(() => expect(heard).toEqual(['', 'one']))
  await database.asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query like 'listen%'`,
  )
  await vi.waitFor(() => expect(heard).toEqual(['', 'one', '']))
  await database.asOwner("select pg_notify('bell', 'two')")
  await vi.waitFor(() => expect(heard).toEqual(['', 'one', '', 'two']))
  stop()
})
