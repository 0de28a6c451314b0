import { z } from 'zod'
import { DocumentFile } from './document.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { IncidentReport } from './incident-report.ts'
import { PageQuery, pageOf } from './page.ts'
import { MailReportDraft, ReceivedMail, ReceivedMailBody } from './received-mail.ts'

const params = z.object({ id: idOf('receivedMail') })
const reason = z.string().trim().min(3).max(1000)

/** Mails that came in, and what becomes of those nobody knew a place for. */
export const receivedMailApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/received-mails',
    permission: 'mail.read',
    summary: 'List mails that came in, newest first',
    query: PageQuery,
    reply: pageOf(ReceivedMail),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/received-mails/:id',
    permission: 'mail.read',
    summary: 'Read a mail in plain text',
    params,
    reply: ReceivedMailBody,
  }),
  source: endpoint({
    method: 'GET',
    path: '/api/v1/received-mails/:id/source',
    permission: 'mail.read',
    summary: 'The mail as it came, with what is attached to it; nothing in it was examined',
    params,
    query: z.object({
      form: z
        .enum(['came', 'opened'])
        .default('came')
        .describe('opened: as it was before it was encrypted'),
    }),
    reply: DocumentFile,
  }),
  file: endpoint({
    method: 'POST',
    path: '/api/v1/received-mails/:id/file',
    permission: 'mail.file',
    summary: 'Put an unfiled mail to the order, incident or incident report it is about',
    params,
    body: z.object({
      object_id: z.union([idOf('order'), idOf('incident'), idOf('incidentReport')]),
    }),
    reply: ReceivedMail,
  }),
  report: endpoint({
    method: 'POST',
    path: '/api/v1/received-mails/:id/report',
    permission: 'mail.file',
    summary: 'File an unfiled mail of a known contact as a report of an incident',
    params,
    body: MailReportDraft,
    reply: IncidentReport,
  }),
  dismiss: endpoint({
    method: 'POST',
    path: '/api/v1/received-mails/:id/dismiss',
    permission: 'mail.file',
    summary: 'Dismiss an unfiled mail, with a reason; it stays readable',
    params,
    body: z.object({ reason }),
    reply: ReceivedMail,
  }),
}
