import type { formApi } from '@haidang/contracts/form-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { FormFileService } from './form-file-service.ts'
import type { FormRecords } from './form-records.ts'
import type { FormReview } from './form-review.ts'
import type { FormService } from './form-service.ts'

interface FormHandlers {
  readonly records: FormRecords
  readonly forms: FormService
  readonly files: FormFileService
  readonly review: FormReview
}

export function formRoutes({
  records,
  forms,
  files,
  review,
}: FormHandlers): Handlers<typeof formApi> {
  return {
    definitions: async () => ({ items: records.definitions() }),
    list: ({ caller, query }) => forms.list(caller, query),
    get: ({ caller, params }) => forms.get(caller, params.id),
    begin: ({ caller, body }) => forms.begin(caller, body),
    save: ({ caller, params, body }) => forms.save(caller, params.id, body),
    submit: ({ caller, params, body }) => forms.submit(caller, params.id, body.revision),
    withdraw: ({ caller, params, body }) => forms.withdraw(caller, params.id, body.reason),
    carryOver: ({ caller, params }) => forms.carryOver(caller, params.id),
    differences: async ({ caller, params }) => ({
      items: await review.differences(caller, params.id),
    }),
    takeOver: async ({ caller, params, body }) => ({
      asked: await review.takeOver(caller, params.id, body),
    }),
    export: ({ caller, params }) => files.file(caller, params.id),
    sheet: async ({ caller, params, query, http: { reply } }) =>
      sendSheet(reply, 'form', query.format, await files.sheet(caller, params.id, query.format)),
    import: ({ caller, body }) => files.read(caller, body),
  }
}
