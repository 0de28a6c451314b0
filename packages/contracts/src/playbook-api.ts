import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import {
  Playbook,
  PlaybookContent,
  PlaybookOffer,
  PlaybookRules,
  PlaybookSummary,
  PlaybookVersion,
} from './playbook.ts'
import { TemplateKey } from './task-template.ts'
import { Tlp } from './tlp.ts'

const params = z.object({ id: idOf('playbook') })
const revision = z.int().describe('what was read; refused where somebody changed it since')
const reason = z.string().trim().min(3).max(1_000)
const tlp = Tlp.default('amber')

/** Response plans: an organisation's own playbooks, their versions, and what of them fits an incident. */
export const playbookApi = {
  rules: endpoint({
    method: 'GET',
    path: '/api/v1/playbook-rules',
    permission: 'playbook.read',
    summary: 'Read how often playbooks are reviewed, and by which clause',
    reply: PlaybookRules,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/playbooks',
    permission: 'playbook.read',
    summary: 'List playbooks of one’s organisation and those its superiors publish for it',
    query: PageQuery,
    reply: pageOf(PlaybookSummary),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/playbooks/:id',
    permission: 'playbook.read',
    summary: 'Read one playbook with its versions, and its draft where it is own',
    params,
    reply: Playbook,
  }),
  version: endpoint({
    method: 'GET',
    path: '/api/v1/playbooks/:id/versions/:version',
    permission: 'playbook.read',
    summary: 'Read one version of a playbook, however old',
    params: params.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
    reply: PlaybookVersion,
  }),
  write: endpoint({
    method: 'POST',
    path: '/api/v1/playbooks',
    permission: 'playbook.manage',
    summary: 'Write a playbook of one’s organisation; it is a draft until it is published',
    body: z.object({ tlp, content: PlaybookContent }),
    reply: Playbook,
  }),
  copy: endpoint({
    method: 'POST',
    path: '/api/v1/playbook-copies',
    permission: 'playbook.manage',
    summary: 'Begin a playbook with what a national template or another playbook says',
    body: z.object({
      tlp,
      from: z.union([
        z.object({ template: TemplateKey }),
        z.object({
          playbook: idOf('playbook'),
          version: z.int().min(1).optional().describe('the last published unless told'),
        }),
      ]),
    }),
    reply: Playbook,
  }),
  import: endpoint({
    method: 'POST',
    path: '/api/v1/playbook-import',
    permission: 'playbook.manage',
    summary: 'Begin a playbook for each template of a file, all of them or none',
    body: z.object({ tlp, text: z.string().min(1).max(400_000).describe('YAML') }),
    reply: z.object({ items: z.array(PlaybookSummary) }),
  }),
  save: endpoint({
    method: 'POST',
    path: '/api/v1/playbooks/:id/draft',
    permission: 'playbook.manage',
    summary: 'Keep what the next version is to say',
    params,
    body: z.object({ revision, content: PlaybookContent }),
    reply: Playbook,
  }),
  discard: endpoint({
    method: 'POST',
    path: '/api/v1/playbooks/:id/draft-removal',
    permission: 'playbook.manage',
    summary: 'Discard what is not published; a playbook that never was goes as a whole',
    params,
    body: z.object({ revision }),
    reply: z.object({}),
  }),
  publish: endpoint({
    method: 'POST',
    path: '/api/v1/playbooks/:id/versions',
    permission: 'playbook.manage',
    summary: 'Publish the draft as the next version, from a day',
    params,
    body: z.object({ revision, valid_from: z.iso.date(), reason }),
    reply: Playbook,
  }),
  share: endpoint({
    method: 'PATCH',
    path: '/api/v1/playbooks/:id',
    permission: 'playbook.manage',
    summary: 'Say how widely a playbook may be told, and whether organisations below use it',
    params,
    body: z.object({ revision, tlp: Tlp, for_subordinates: z.boolean() }),
    reply: Playbook,
  }),
  review: endpoint({
    method: 'POST',
    path: '/api/v1/playbooks/:id/review',
    permission: 'playbook.manage',
    summary: 'Write down that a playbook was reviewed and stands as it is',
    params,
    body: z.object({ revision, note: reason.describe('what was looked at, what was found') }),
    reply: Playbook,
  }),
  retire: endpoint({
    method: 'POST',
    path: '/api/v1/playbooks/:id/retirement',
    permission: 'playbook.manage',
    summary: 'Retire a playbook from a day; what was taken from it stays',
    params,
    body: z.object({ revision, from: z.iso.date(), reason }),
    reply: Playbook,
  }),
  file: endpoint({
    method: 'GET',
    path: '/api/v1/playbooks/:id/file',
    permission: 'playbook.read',
    summary: 'One version, or the draft, as a file of templates that can be read in again',
    params,
    query: z.object({
      version: z.coerce.number().int().min(0).max(1_000_000).describe('0: the draft'),
    }),
    reply: z.object({ name: z.string(), text: z.string() }),
  }),
  forIncident: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/playbooks',
    permission: 'incident.read',
    summary: 'Playbooks in force that may be taken over onto an incident',
    params: z.object({ id: idOf('incident') }),
    reply: z.object({ items: z.array(PlaybookOffer) }),
  }),
}
