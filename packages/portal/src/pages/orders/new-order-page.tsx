import type { DocumentFormat } from '@haidang/contracts/document'
import type { Incident } from '@haidang/contracts/incident'
import { OrderDraft } from '@haidang/contracts/order'
import type { ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import type { CitableBasis } from '@haidang/contracts/order-basis'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  useDraft,
  useIssues,
} from '../../components/form.ts'
import { gutter, Page, PageHead } from '../../components/page.tsx'
import { LoadingPage } from '../../components/states.tsx'
import { cn } from '../../theme/cn.ts'
import { needsSecond, useSecondPerson } from '../approvals/second-person.tsx'
import { FileButtons } from '../documents/file-buttons.tsx'
import { AudiencePreview } from '../sharing/audience-preview.tsx'
import { nobody } from '../sharing/told-fields.tsx'
import { useReach } from '../sharing/use-reach.ts'
import { draftIn, withOwn } from './order-draft.ts'
import { ActionFields, AddresseeFields, BasicFields } from './order-fields.tsx'

const route = getRouteApi('/shell/orders/new')

/** One form: what happened, who must do what, by when. Filled from the incident it answers. */
export function NewOrderPage() {
  const { t } = useLingui()
  const { incident } = route.useSearch()
  const query = useQuery({
    queryKey: ['incidents', 'one', incident],
    queryFn: ({ signal }) => api.incidents.get({ params: { id: incident ?? '' } }, signal),
    enabled: incident !== undefined,
  })
  const bases = useQuery({
    queryKey: ['orders', 'bases'],
    queryFn: ({ signal }) => api.orders.bases({ query: {} }, signal),
  })
  return (
    <Page title={t`Lập lệnh điều phối`}>
      <PageHead
        title={t`Lập lệnh điều phối`}
        about={query.data ? t`Cho sự cố ${query.data.number}: ${query.data.title}` : undefined}
      />
      {incident && query.isPending ? (
        <LoadingPage />
      ) : (
        <Asked query={bases}>
          {({ items }) => <DraftForm incident={query.data} bases={items} />}
        </Asked>
      )}
    </Page>
  )
}

interface DraftFormProps {
  readonly incident: Incident | undefined
  readonly bases: readonly CitableBasis[]
}

function DraftForm({ incident, bases }: DraftFormProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [rows, setRows] = useState<readonly string[]>(['a1'])
  const [addressees, setAddressees] = useState<ReadonlySet<string>>(
    new Set(incident ? [incident.organisation_id] : []),
  )
  const issues = useIssues()
  const listed = useOrganisations(
    incident ? { id: incident.organisation_id, name: incident.organisation_name } : undefined,
  )
  const [found, setFound] = useState<readonly ChosenAddressee[]>([])
  // Only a secure context makes identifiers; without one a repeat is not recognised.
  const requestId = useRef(window.isSecureContext ? crypto.randomUUID() : undefined)
  const known = new Set(listed.map(({ id }) => id))
  const organisations = [
    ...listed,
    ...found
      .filter((one) => !known.has(one.organisation_id))
      .map((one) => ({ id: one.organisation_id, name: one.organisation_name })),
  ]
  const addFound = (items: readonly ChosenAddressee[]) => {
    setFound((old) => [
      ...new Map([...old, ...items].map((one) => [one.organisation_id, one])).values(),
    ])
    setAddressees((old) => new Set([...old, ...items.map((one) => one.organisation_id)]))
  }
  const draft = useDraft(`order.${incident?.id ?? 'new'}`, form)
  const me = useMe()
  const { reach, onInput } = useReach(form)
  const second = useSecondPerson()
  const issue = useMutation({
    mutationFn: (body: OrderDraft) =>
      api.orders.issue({ body: { ...body, request_id: requestId.current } }),
    onSuccess: (order) => {
      draft.forget()
      void client.invalidateQueries({ queryKey: ['orders'] })
      void client.invalidateQueries({ queryKey: ['incidents'] })
      void navigate({ to: '/orders/$id', params: { id: order.id } })
    },
    onError: (error, payload) => {
      if (!second.offer(error, { kind: 'order.issue', payload })) setWrong(errorsOf(error))
    },
  })
  const own = useMutation({ mutationFn: withOwn, onSuccess: (body) => issue.mutate(body) })
  const draftOf = (fields: FormData): OrderDraft | undefined => {
    const parsed = OrderDraft.safeParse(
      draftIn(fields, rows, [...addressees], incident?.id ?? null, bases),
    )
    setWrong(issues(parsed))
    return parsed.success ? parsed.data : undefined
  }
  const send = (fields: FormData) => {
    const filled = draftOf(fields)
    if (filled) own.mutate(filled)
  }
  const preview = async (format: DocumentFormat) => {
    const filled = form.current ? draftOf(new FormData(form.current)) : undefined
    return filled && api.documents.orderDraft({ body: { draft: filled, format } })
  }
  const names = {
    title: t`Trích yếu`,
    situation: t`Tình hình`,
    report_due_at: t`Hạn báo cáo`,
    addressees: t`Nơi nhận`,
    ...Object.fromEntries(bases.map((_, at) => [`bases.${at}`, t`Căn cứ`])),
    ...Object.fromEntries(
      rows.map((_, index) => [`actions.${index}.text`, t`Nội dung yêu cầu ${index + 1}`]),
    ),
  }
  const count = addressees.size
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submitted(send)}
      onInput={onInput}
      className={cn('flex max-w-3xl flex-col gap-8 pb-16', gutter)}
    >
      <ErrorSummary
        errors={wrong}
        error={own.error ?? (needsSecond(issue.error) ? null : issue.error)}
        names={names}
      />
      <BasicFields incident={incident} bases={bases} wrong={wrong} />
      <AddresseeFields
        organisations={organisations}
        chosen={addressees}
        onChange={setAddressees}
        onFound={addFound}
        wrong={wrong['addressees']}
      />
      <ActionFields rows={rows} onChange={setRows} wrong={wrong} />
      <AudiencePreview
        draft={{
          kind: 'order',
          organisation_id: me.person.organisation_id,
          tlp: reach.tlp,
          told_to: nobody,
          parties: [...addressees].slice(0, 500),
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-13 text-ink-2">{t`Xem dự thảo văn bản:`}</span>
        <FileButtons of={t`dự thảo`} read={preview} refusal={refusal('order.issue')} />
      </div>
      <Acts className="border-t">
        <Button
          look="primary"
          size="large"
          type="submit"
          busy={own.isPending || issue.isPending}
          refusal={refusal('order.issue') ?? (count === 0 ? t`Chưa chọn nơi nhận` : undefined)}
        >
          {t`Giao lệnh cho ${count} đơn vị`}
        </Button>
        <Button look="quiet" size="large" onClick={() => window.history.back()}>
          {t`Thôi`}
        </Button>
      </Acts>
      {second.question}
    </form>
  )
}
