import type { Organisation } from '@haidang/contracts/organisation'
import { OrganisationDraft } from '@haidang/contracts/organisation'
import type { OrganisationRequest } from '@haidang/contracts/organisation-request'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Textarea } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { Differences } from './differences.tsx'
import { draftIn, OrganisationFields } from './organisation-fields.tsx'

interface DecisionDialogProps {
  readonly request: OrganisationRequest
  readonly onClose: () => void
}

/** Approves a request, approves it with changes, or refuses it. */
export function DecisionDialog({ request, onClose }: DecisionDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [amends, setAmends] = useState(false)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const now = useQuery({
    queryKey: ['organisations', 'one', request.organisation_id],
    queryFn: ({ signal }) =>
      api.organisations.get({ params: { id: request.organisation_id } }, signal),
  })
  const decide = useMutation({
    mutationFn: (body: Parameters<typeof api.organisationRequests.decide>[0]['body']) =>
      api.organisationRequests.decide({ params: { id: request.id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData, verdict: 'approved' | 'refused') => {
    const reason = text(form, 'reason')
    if (verdict === 'refused' || !amends) {
      decide.mutate({ verdict, reason })
      return
    }
    const parsed = OrganisationDraft.omit({ code: true }).safeParse(draftIn(form))
    setWrong(issues(parsed))
    if (parsed.success) decide.mutate({ verdict, reason, amended: parsed.data })
  }
  return (
    <Dialog open wide onClose={onClose} title={t`Quyết định`} about={request.organisation_name}>
      <form
        onSubmit={(event) => {
          const verdict = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value')
          submitted((form) => send(form, verdict === 'refused' ? 'refused' : 'approved'))(event)
        }}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={wrong} error={decide.error} />
        <Differences request={request} />
        {request.contact ? null : (
          <Check checked={amends} onChange={(event) => setAmends(event.currentTarget.checked)}>
            {t`Sửa lại trước khi chấp thuận`}
          </Check>
        )}
        {amends ? (
          <Asked query={now}>
            {(organisation) => (
              <div className="grid gap-4 sm:grid-cols-2">
                <OrganisationFields
                  organisation={askedOf(organisation, request)}
                  wrong={wrong}
                  hasCode={false}
                />
              </div>
            )}
          </Asked>
        ) : null}
        <Field label={t`Lý do, căn cứ`} error={wrong['reason']}>
          <Textarea name="reason" required minLength={3} maxLength={1_000} data-first />
        </Field>
        <Acts>
          <Button look="primary" type="submit" value="approved" busy={decide.isPending}>
            {t`Chấp thuận`}
          </Button>
          <Button look="danger" type="submit" value="refused" busy={decide.isPending}>
            {t`Từ chối`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** The organisation as it would be. */
function askedOf(organisation: Organisation, request: OrganisationRequest): Organisation {
  const asked = request.differences.map(({ field, asked: value }) => [field, value])
  return { ...organisation, ...Object.fromEntries(asked) }
}
