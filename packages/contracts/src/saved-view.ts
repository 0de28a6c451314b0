import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** Views one person may keep of one list. */
export const mostViews = 50

const ListPage = z
  .string()
  .regex(/^\/[a-z][a-z-]{0,40}$/)
  .describe('address of a list in the portal, e.g. /alerts')

const Search = z
  .record(z.string().regex(/^[a-z_]{1,30}$/), z.string().max(2_000))
  .refine((search) => Object.keys(search).length <= 20, { error: 'at most 20 parts' })
  .describe('what the address of the list says behind the question mark')

export const SavedViewDraft = z.object({
  page: ListPage,
  name: z.string().trim().min(1).max(80),
  search: Search,
  shared: z.boolean().default(false).describe('with everybody of one’s organisation'),
})
export type SavedViewDraft = z.infer<typeof SavedViewDraft>

/** A list with its filter, as somebody named it. */
export const SavedView = SavedViewDraft.extend({
  id: idOf('savedView'),
  shared: z.boolean(),
  own: z.boolean().describe('made by the caller'),
  person_name: z.string().describe('who made it'),
  start: z.boolean().describe('the caller begins the list with it'),
  updated_at: Instant,
})
export type SavedView = z.infer<typeof SavedView>

const params = z.object({ id: idOf('savedView') })

/** Views of lists: one’s own, and those others of one’s organisation share. */
export const savedViewApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/saved-views',
    permission: 'signed-in',
    summary: 'The caller’s views of a list, then those that others of the organisation share',
    query: z.object({ page: ListPage }),
    reply: z.object({ items: z.array(SavedView) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/saved-views',
    permission: 'signed-in',
    summary: 'Name a list as it is filtered now',
    body: SavedViewDraft,
    reply: SavedView,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/saved-views/:id',
    permission: 'signed-in',
    summary: 'Rename one’s view, filter it otherwise, share it or no longer',
    params,
    body: SavedViewDraft.omit({ page: true }).extend({ shared: z.boolean() }).partial(),
    reply: SavedView,
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/v1/saved-views/:id/start',
    permission: 'signed-in',
    summary: 'Begin the list with this view, or no longer',
    params,
    body: z.object({ start: z.boolean() }),
    reply: SavedView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/saved-views/:id',
    permission: 'signed-in',
    summary: 'Remove one’s view, also for those it was shared with',
    params,
    reply: z.object({}),
  }),
}
