import type { Cluster } from '@haidang/contracts/cluster'
import { IncidentDraft, IncidentKind, IncidentType } from '@haidang/contracts/incident'
import { labels } from '@haidang/contracts/labels'
import { Severity } from '@haidang/contracts/severity'
import type { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useDraft,
  useIssues,
} from '../../components/form.ts'
import { NamedOptions, TlpOptions } from '../../components/options.tsx'
import { gutter, Page, PageHead, Section } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { LoadingPage } from '../../components/states.tsx'
import { inputTime, instantOfInput, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { clusterQuery } from '../alerts/cluster-queries.ts'
import { SimilarToDraft } from '../classification/similar-incidents.tsx'
import { AudiencePreview } from '../sharing/audience-preview.tsx'
import { nobody, ToldFields } from '../sharing/told-fields.tsx'
import { useReach } from '../sharing/use-reach.ts'

const route = getRouteApi('/shell/incidents/new')

/** One form, filled from the alerts it comes from. */
export function NewIncidentPage() {
  const { t } = useLingui()
  const { clusters = '' } = route.useSearch()
  const ids = clusters.split(',').filter(Boolean)
  const found = useQueries({ queries: ids.map((id) => clusterQuery(id)) })
  const ready = found.every(({ isPending }) => !isPending)
  const known = found.flatMap(({ data }) => data ?? [])
  return (
    <Page title={t`Lập sự cố`}>
      <PageHead title={t`Lập sự cố`} />
      {ready ? <DraftForm key={clusters} clusters={known} /> : <LoadingPage />}
    </Page>
  )
}

function draftOf(form: FormData, clusters: readonly Cluster[]) {
  return {
    title: text(form, 'title'),
    summary: text(form, 'summary'),
    type: text(form, 'type') as keyof typeof labels.incidentType,
    kind: text(form, 'kind') as IncidentKind,
    exercise: form.has('exercise'),
    severity: text(form, 'severity') as Severity,
    tlp: text(form, 'tlp') as Tlp,
    organisation_id: text(form, 'organisation_id'),
    detected_at: instantOfInput(text(form, 'detected_at')),
    cluster_ids: clusters.map(({ id }) => id),
  }
}

function titleOf(first: Cluster | undefined): string {
  return first ? `${first.title} – ${first.organisation_name}` : ''
}

/** What of the form similar incidents are looked for by. */
function typedIn(element: HTMLFormElement) {
  const form = new FormData(element)
  const type = IncidentType.safeParse(text(form, 'type'))
  return { title: text(form, 'title'), type: type.data ?? 'OTHER' }
}

function worst(clusters: readonly Cluster[]): Severity {
  return (
    Severity.options.findLast((level) => clusters.some(({ severity }) => severity === level)) ??
    'medium'
  )
}

function DraftForm({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useLingui()
  const { label } = useWords()
  const me = useMe()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const issues = useIssues()
  const first = clusters[0]
  const organisations = useOrganisations(
    first ? { id: first.organisation_id, name: first.organisation_name } : undefined,
  )
  const draft = useDraft(`incident.${first?.id ?? 'new'}`, form)
  const [told_to, setToldTo] = useState(nobody)
  const { reach, onInput } = useReach(form)
  const [typed, setTyped] = useState({ title: titleOf(first), type: 'OTHER' as IncidentType })
  // A draft that was kept fills the form without an event.
  useEffect(() => {
    if (form.current) setTyped(typedIn(form.current))
  }, [])
  const open = useMutation({
    mutationFn: (body: IncidentDraft) => api.incidents.open({ body }),
    onSuccess: (incident) => {
      draft.forget()
      void client.invalidateQueries({ queryKey: ['incidents'] })
      void client.invalidateQueries({ queryKey: ['clusters'] })
      void navigate({ to: '/incidents/$id', params: { id: incident.id } })
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (fields: FormData) => {
    const parsed = IncidentDraft.safeParse({ ...draftOf(fields, clusters), told_to })
    setWrong(issues(parsed))
    if (parsed.success) open.mutate(parsed.data)
  }
  const names = { title: t`Tên sự cố`, summary: t`Mô tả`, organisation_id: t`Tổ chức bị ảnh hưởng` }
  const detected = clusters.map(({ first_time }) => first_time).sort()[0] ?? secondsFromNow(0)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submitted(send)}
      onInput={(event) => {
        onInput(event)
        setTyped(typedIn(event.currentTarget))
      }}
      className={cn(
        'grid max-w-5xl gap-x-10 gap-y-6 pb-16 lg:grid-cols-[minmax(0,1fr)_280px]',
        gutter,
      )}
    >
      <div className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={open.error} names={names} />
        <Field label={names.title} error={wrong['title']}>
          <Input name="title" maxLength={300} defaultValue={titleOf(first)} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={names.organisation_id} error={wrong['organisation_id']}>
            <Select
              name="organisation_id"
              defaultValue={first?.organisation_id ?? me.node.organisation_id}
            >
              <NamedOptions of={organisations} />
            </Select>
          </Field>
          <Field label={t`Phát hiện lúc`} help={t`Giờ Việt Nam`}>
            <Input name="detected_at" type="datetime-local" defaultValue={inputTime(detected)} />
          </Field>
          <Field label={t`Loại sự cố`} className="sm:col-span-2">
            <Select name="type" defaultValue="OTHER">
              {Object.keys(labels.incidentType).map((type) => (
                <option key={type} value={type}>
                  {label('incidentType', type)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t`Mức độ`}>
            <Select name="severity" defaultValue={worst(clusters)}>
              {Severity.options.toReversed().map((severity) => (
                <option key={severity} value={severity}>
                  {label('severity', severity)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t`Ghi nhận là`}>
            <Select name="kind" defaultValue="incident">
              {IncidentKind.options.map((kind) => (
                <option key={kind} value={kind}>
                  {label('incidentKind', kind)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="TLP" help={t`Ai được biết`}>
            <Select name="tlp" defaultValue="amber">
              <TlpOptions />
            </Select>
          </Field>
        </div>
        <ToldFields toldTo={told_to} onChange={setToldTo} />
        <Field label={names.summary} optional={t`không bắt buộc`} error={wrong['summary']}>
          <Textarea
            name="summary"
            rows={7}
            maxLength={10_000}
            className="text-15"
            placeholder={t`Đã xảy ra gì, ở hệ thống nào, ai báo, đã làm gì`}
          />
        </Field>
        <Check name="exercise">{t`Diễn tập: không tính vào số liệu thật`}</Check>
        <Acts>
          <Button
            look="primary"
            type="submit"
            busy={open.isPending}
            refusal={refusal('incident.handle')}
          >
            {t`Lập sự cố`}
          </Button>
          <Button look="quiet" onClick={() => window.history.back()}>
            {t`Thôi`}
          </Button>
        </Acts>
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <AudiencePreview
          draft={{
            kind: 'incident',
            organisation_id: reach.organisation_id,
            tlp: reach.tlp,
            told_to,
            parties: [],
          }}
        />
        <FromClusters clusters={clusters} />
        <SimilarToDraft
          title={typed.title}
          type={typed.type}
          organisation_id={reach.organisation_id}
          clusters={clusters.map(({ id }) => id)}
        />
      </div>
    </form>
  )
}

function FromClusters({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useLingui()
  if (clusters.length === 0) return null
  return (
    <Section title={t`Từ các cụm cảnh báo`} count={clusters.length}>
      <ul className="divide-y divide-line">
        {clusters.map((cluster) => (
          <li key={cluster.id} className="flex flex-col py-2">
            <span className="flex items-center gap-2">
              <SeverityMark severity={cluster.severity} /> {cluster.title}
            </span>
            <code className="text-12 text-ink-2">{cluster.entity}</code>
          </li>
        ))}
      </ul>
    </Section>
  )
}
