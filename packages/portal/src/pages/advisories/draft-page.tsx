import { type AdvisoryDraft, inLanguage } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ObjectHead } from '../../components/object-head.tsx'
import { Page } from '../../components/page.tsx'
import { Pill, TlpLabel } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { DraftActs } from './draft-acts.tsx'
import { DraftEditor, type Written } from './draft-editor.tsx'
import { DraftReading } from './draft-reading.tsx'
import { forgetRecipients } from './recipients.ts'
import { useUnsaved } from './unsaved.ts'

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
      <Asked query={query}>
        {(draft) => <Body key={`${draft.id}.${draft.created_at}`} draft={draft} title={title} />}
      </Asked>
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
  const unsaved = useUnsaved(draft)
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
        acts={<DraftActs draft={draft} isUnsaved={unsaved.isAny} />}
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
      {part === 'edit' ? (
        <Editing draft={draft} unsaved={unsaved} />
      ) : (
        <DraftReading draft={draft} />
      )}
    </>
  )
}

interface EditingProps {
  readonly draft: AdvisoryDraft
  readonly unsaved: ReturnType<typeof useUnsaved>
}

function Editing({ draft, unsaved }: EditingProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const { id, stage } = draft
  const { begun, kept, isStale } = unsaved
  const drop = () => {
    localStorage.removeItem(`haidang.draft.${kept}`)
    forgetRecipients(kept)
    unsaved.forget()
  }
  const change = useMutation({
    mutationFn: ({ change_note, ...written }: Written) =>
      api.advisoryDrafts.change({
        params: { id },
        body: { ...written, revision: begun, ...(draft.number ? { change_note } : {}) },
      }),
  })
  const save = (written: Written, forget: () => void) =>
    change.mutate(written, {
      onSuccess: (saved) => {
        forget()
        unsaved.forget()
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
      {isStale ? <Overtaken onHoldOn={unsaved.holdOn} onDrop={drop} /> : null}
      <DraftEditor
        key={`${kept}.${unsaved.round}`}
        kept={kept}
        draft={draft}
        refusal={
          refusal('advisory.write') ??
          (isStale ? t`Chọn giữ hay bỏ phần đang soạn trước đã` : undefined)
        }
        saving={change}
        onSave={save}
        onTyped={unsaved.typed}
      >
        {unsaved.isAny && !isStale ? (
          <Button look="quiet" size="large" onClick={drop}>{t`Bỏ phần chưa lưu`}</Button>
        ) : null}
      </DraftEditor>
    </>
  )
}

interface OvertakenProps {
  readonly onHoldOn: () => void
  readonly onDrop: () => void
}

/** Somebody else changed the draft meanwhile: who typed says what becomes of it, nothing is lost by itself. */
function Overtaken({ onHoldOn, onDrop }: OvertakenProps) {
  const { t } = useLingui()
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 px-4 pt-4 text-13 md:px-6">
      <p className="text-medium">
        {t`Dự thảo đã có thay đổi khác từ khi bạn bắt đầu sửa. Phần bạn soạn vẫn ở đây, chưa lưu; bản mới ở thẻ Xem trước.`}
      </p>
      <Button size="small" onClick={onHoldOn}>{t`Giữ phần tôi soạn, lưu lên bản mới`}</Button>
      <Button size="small" onClick={onDrop}>{t`Bỏ phần tôi soạn, lấy bản mới`}</Button>
    </div>
  )
}
