import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Form, FormDifference, FormFile, FormSummary } from './form.ts'
import { FormContent } from './form-content.ts'
import { FormDefinition } from './form-definition.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'
import { Tlp } from './tlp.ts'

const params = z.object({ id: idOf('form') })
const about = {
  use: z.string().max(40).describe('what the form is for'),
  subject: z.string().max(60).describe('id of what it is about'),
}
const revision = z.int().min(0).describe('of the draft one has before one')

export const formApi = {
  definitions: endpoint({
    method: 'GET',
    path: '/api/v1/form-definitions',
    permission: 'form.read',
    summary: 'The forms in force today, whole',
    reply: z.object({ items: z.array(FormDefinition) }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/forms',
    permission: 'form.read',
    summary: 'List forms: drafts, submitted, withdrawn and replaced',
    query: PageQuery,
    reply: pageOf(FormSummary),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/forms/:id',
    permission: 'form.read',
    summary: 'Read one form with its definition',
    params,
    reply: Form,
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/v1/forms',
    permission: 'form.fill',
    summary: 'Begin a form, filled from the registers; the draft that is open already is answered',
    body: z.object({ ...about, tlp: Tlp.default('amber') }),
    reply: Form,
  }),
  save: endpoint({
    method: 'POST',
    path: '/api/v1/forms/:id/draft',
    permission: 'form.fill',
    summary: 'Keep a draft; refused where somebody else has kept a later one',
    params,
    body: z.object({ revision, content: FormContent }),
    reply: Form,
  }),
  submit: endpoint({
    method: 'POST',
    path: '/api/v1/forms/:id/submission',
    permission: 'form.fill',
    summary: 'Submit a draft: from then on it does not change',
    params,
    body: z.object({ revision }),
    reply: Form,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/v1/forms/:id/withdrawal',
    permission: 'form.fill',
    summary: 'Withdraw a draft, or a submitted form where what it is for allows it',
    params,
    body: z.object({ reason: z.string().trim().min(3).max(1_000) }),
    reply: Form,
  }),
  carryOver: endpoint({
    method: 'POST',
    path: '/api/v1/forms/:id/successor',
    permission: 'form.fill',
    summary: 'Carry what fits of a draft of a retired form over to the form in force',
    params,
    reply: z.object({ form: Form, left: z.array(z.string()).describe('keys that did not fit') }),
  }),
  differences: endpoint({
    method: 'GET',
    path: '/api/v1/forms/:id/differences',
    permission: 'form.read',
    summary: 'Where a form says something else than the registers do now',
    params,
    reply: z.object({ items: z.array(FormDifference) }),
  }),
  takeOver: endpoint({
    method: 'POST',
    path: '/api/v1/forms/:id/take-over',
    permission: 'membership.manage',
    summary:
      'Put what a form says forward as changes of the register, to be decided like any other',
    params,
    body: z.object({
      fields: z.array(z.string().max(60)).min(1).max(50),
      reason: z.string().trim().min(3).max(1_000),
    }),
    reply: z.object({ asked: z.int().describe('requests that now wait') }),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/forms/:id/file',
    permission: 'form.read',
    summary: 'One form as a file that can be read in again',
    params,
    reply: FormFile,
  }),
  sheet: endpoint({
    method: 'GET',
    path: '/api/v1/forms/:id/sheet',
    permission: 'form.read',
    summary: 'One form as a sheet, field by field',
    params,
    query: z.object({ format: SheetFormat }),
    reply: z.unknown(),
  }),
  import: endpoint({
    method: 'POST',
    path: '/api/v1/form-import',
    permission: 'form.fill',
    summary: 'Begin a form with what a file of one says',
    body: z.object({ ...about, file: FormFile }),
    reply: z.object({ form: Form, left: z.array(z.string()).describe('keys that did not fit') }),
  }),
}
