import type { Form } from '@haidang/contracts/form'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead } from '../../components/object-head.tsx'
import { gutter, Page } from '../../components/page.tsx'
import { Pill, TlpLabel } from '../../components/pill.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { RetiredNote } from './draft-notes.tsx'
import { FormDifferences } from './form-differences.tsx'
import { FormEditor } from './form-editor.tsx'
import { FormReading } from './form-reading.tsx'
import { FormStatePill } from './form-state-pill.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

const route = getRouteApi('/shell/forms/$id')

/** One form: filled in while it is a draft, read and compared with the registers once it is submitted. */
export function FormPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const { language } = useWords()
  const query = useQuery({
    queryKey: ['forms', 'one', id],
    queryFn: ({ signal }) => api.forms.get({ params: { id } }, signal),
    // A draft under one's hands is not exchanged for another from the server.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Page title={query.data?.title[language] ?? t`Biểu mẫu`}>
      <Asked query={query}>
        {(form) => <Body key={form.id} form={form} at={query.dataUpdatedAt} />}
      </Asked>
    </Page>
  )
}

function Body({ form, at }: { form: Form; at: number }) {
  const { t } = useLingui()
  const { language } = useWords()
  const { id, number, title, organisation_id, organisation_name, state, definition } = form
  const isDraft = state === 'draft'
  const name = title[language]
  useEffect(
    () => remember({ path: `/forms/${id}`, title: name, draft: isDraft }),
    [id, name, isDraft],
  )
  return (
    <>
      <ObjectHead
        line={
          <>
            <span className="text-ink-2">{t`Mẫu số ${number}`}</span>
            <FormStatePill state={state} />
            {form.provisional ? <Pill tone="medium">{t`tạm thời`}</Pill> : null}
            <TlpLabel tlp={form.tlp} />
            {form.version > 0 ? <span className="text-ink-2">{t`lần ${form.version}`}</span> : null}
          </>
        }
        title={name}
        about={
          <span className="flex flex-wrap gap-x-3">
            <Link to="/organisations/$id" params={{ id: organisation_id }} className="underline">
              {organisation_name}
            </Link>
            <span>{definition.clause}</span>
            {form.submitted_at ? (
              <span>
                {form.submitted_by} · <Time at={form.submitted_at} as="absolute" />
              </span>
            ) : null}
          </span>
        }
        acts={isDraft ? undefined : <FormActs form={form} />}
      />
      <div className={`flex flex-col gap-6 py-5 pb-24 md:pb-10 ${gutter}`}>
        {definition.provisional ? (
          <p className="max-w-3xl text-13 text-ink-2">{definition.provisional[language]}</p>
        ) : null}
        {isDraft && form.retired ? <RetiredNote form={form} /> : null}
        {isDraft ? (
          <>
            <div className="flex flex-wrap gap-2">
              <FormActs form={form} />
            </div>
            <FormEditor key={at} form={form} />
          </>
        ) : (
          <>
            {form.reason ? <p className="text-13">{t`Lý do rút: ${form.reason}`}</p> : null}
            <FormDifferences form={form} />
            <FormReading definition={definition} content={form.content} />
            {form.hash ? (
              <p className="text-12 text-ink-3">
                SHA-256: <Identifier value={form.hash} short={false} />
              </p>
            ) : null}
          </>
        )}
      </div>
    </>
  )
}

/** Printing, taking along, giving up; of a submitted form the way on. */
function FormActs({ form }: { form: Form }) {
  const { t } = useLingui()
  const { id } = form
  const isDraft = form.state === 'draft'
  const [withdrawn, setWithdrawn] = useState(false)
  return (
    <>
      <Link to="/forms/$id/print" params={{ id }} className={buttonStyle({ look: 'plain' })}>
        <Printer aria-hidden="true" className="size-4" />
        {t`Bản in`}
      </Link>
      <a
        href={`/api/v1/forms/${id}/file`}
        download={`form-${id}.json`}
        className={buttonStyle({ look: 'plain' })}
      >
        JSON
      </a>
      <SheetLinks path={`/api/v1/forms/${id}/sheet`} />
      {isDraft ? (
        <Button look="danger" onClick={() => setWithdrawn(true)}>{t`Bỏ bản nháp`}</Button>
      ) : (
        <SubjectLink form={form} />
      )}
      {withdrawn ? <WithdrawDialog id={id} onClose={() => setWithdrawn(false)} /> : null}
    </>
  )
}

/** Back to what a form is about. */
function SubjectLink({ form: { organisation_id, subject, definition } }: { form: Form }) {
  const { t } = useLingui()
  const className = buttonStyle({ look: 'primary' })
  if (definition.about === 'order') {
    return <Link to="/orders/$id" params={{ id: subject }} className={className}>{t`Về lệnh`}</Link>
  }
  if (definition.about === 'incident-report') {
    return (
      <Link to="/incident-reports/$id" params={{ id: subject }} className={className}>
        {t`Về tin báo`}
      </Link>
    )
  }
  return (
    <Link
      to="/organisations/$id"
      params={{ id: organisation_id }}
      search={{ part: 'membership' }}
      className={className}
    >
      {t`Tư cách thành viên`}
    </Link>
  )
}
