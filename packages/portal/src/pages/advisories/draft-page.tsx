import type { AdvisoryDraft } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { ObjectHead } from '../../components/object-head.tsx'
import { Page } from '../../components/page.tsx'
import { Pill, TlpLabel } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { inLanguage } from './content-words.ts'
import { DraftActs } from './draft-acts.tsx'
import { DraftEditor, type Written } from './draft-editor.tsx'
import { DraftReading } from './draft-reading.tsx'

const route = getRouteApi('/shell/advisories/drafts/$id')

/** A draft on its way: written, read as addressees will, approved by somebody else, published. */
export function DraftPage() {
  const { t } = useLingui()
  const { language } = useWords()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['advisories', 'draft', id],
    queryFn: ({ signal }) => api.advisoryDrafts.get({ params: { id } }, signal),
  })
  const title = query.data ? inLanguage(query.data.content.title, language) : t`Dự thảo cảnh báo`
  return (
    <Page title={title}>
      <Asked query={query}>{(draft) => <Body draft={draft} title={title} />}</Asked>
    </Page>
  )
}

function Body({ draft, title }: { draft: AdvisoryDraft; title: string }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { id, content, stage } = draft
  const { part = stage === 'draft' ? 'edit' : 'preview' } = route.useSearch()
  useEffect(() => remember({ path: `/advisories/drafts/${id}`, title, draft: true }), [id, title])
  const names = { edit: t`Soạn`, preview: t`Xem trước` }
  return (
    <>
      <ObjectHead
        line={
          <>
            {draft.number ? (
              <span className="font-mono text-ink-2">
                {draft.number} · {t`bản ${draft.published_version + 1}`}
              </span>
            ) : null}
            <span className="font-medium">{label('advisoryKind', content.kind)}</span>
            <SeverityMark severity={content.severity} word />
            <Pill tone={stage === 'approved' ? 'good' : 'accent'}>
              {label('advisoryStage', stage)}
            </Pill>
            <TlpLabel tlp={content.tlp} />
          </>
        }
        title={title}
        about={
          <>
            {t`${draft.author_name} soạn`} · <Time at={draft.updated_at} as="absolute" />
            {draft.reviewer_name ? ` · ${t`${draft.reviewer_name} duyệt`}` : null}
          </>
        }
        acts={<DraftActs draft={draft} />}
      />
      <Tabs label={t`Phần của dự thảo`}>
        {(['edit', 'preview'] as const).map((name) => (
          <Tab
            key={name}
            to="/advisories/drafts/$id"
            params={{ id }}
            search={{ part: name }}
            active={part === name}
          >
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      {part === 'edit' ? <Editing draft={draft} /> : <DraftReading draft={draft} />}
    </>
  )
}

function Editing({ draft }: { draft: AdvisoryDraft }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const { id, revision, stage } = draft
  const change = useMutation({
    mutationFn: ({ change_note, ...written }: Written) =>
      api.advisoryDrafts.change({
        params: { id },
        body: { ...written, revision, ...(draft.number ? { change_note } : {}) },
      }),
  })
  const save = (written: Written, forget: () => void) =>
    change.mutate(written, {
      onSuccess: (saved) => {
        forget()
        say(t`Đã lưu dự thảo`)
        client.setQueryData(['advisories', 'draft', id], saved)
        void client.invalidateQueries({ queryKey: ['advisories', 'drafts'] })
      },
    })
  return (
    <>
      {stage === 'draft' ? null : (
        <p className="px-4 pt-4 text-13 text-medium md:px-6">{t`Sửa thì phải duyệt lại từ đầu.`}</p>
      )}
      <DraftEditor
        key={revision}
        kept={`advisory.${id}.${revision}`}
        draft={draft}
        refusal={refusal('advisory.write')}
        saving={change}
        onSave={save}
      />
    </>
  )
}
