import type { AdvisoryDraft } from '@haidang/contracts/advisory'
import { Plural, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { forgetPage } from '../../shell/recent.ts'
import { ReasonDialog } from '../orders/reason-dialog.tsx'

type Asked = 'submit' | 'approve' | 'return' | 'publish' | 'discard'

interface DraftProps {
  readonly draft: AdvisoryDraft
}

interface DraftActsProps extends DraftProps {
  /** The reader typed something that is not saved: what is decided on is not what stands there. */
  readonly isUnsaved: boolean
}

/** What is done with a draft next, and why the reader cannot. */
function useNext(draft: AdvisoryDraft, isUnsaved: boolean) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const { stage, own, addressee_count: count } = draft
  const next = {
    draft: {
      ask: 'submit',
      words: t`Trình duyệt`,
      refused: refusal('advisory.write') ?? (count === 0 ? t`Chưa chọn nơi nhận` : undefined),
    },
    review: {
      ask: 'approve',
      words: t`Duyệt`,
      refused:
        refusal('advisory.review') ?? (own ? t`Bạn đã soạn: cần người khác duyệt` : undefined),
    },
    approved: {
      ask: 'publish',
      words: draft.number ? (
        t`Phát hành bản ${draft.published_version + 1}`
      ) : (
        <Plural value={count} other="Phát hành cho # đơn vị" />
      ),
      refused: refusal('advisory.publish'),
    },
  } as const
  const { ask, words, refused } = next[stage]
  const unsaved = isUnsaved ? t`Phần đang soạn chưa lưu: lưu hoặc bỏ đã` : undefined
  return { ask, words, refused: refused ?? unsaved }
}

/** The next act of each stage, and throwing the draft away. */
export function DraftActs({ draft, isUnsaved }: DraftActsProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { ask, words, refused } = useNext(draft, isUnsaved)
  useKeys({ primary: () => !refused && setAsked(ask) })
  const close = () => setAsked(null)
  return (
    <>
      <Button
        look="primary"
        refusal={refused}
        keys={printed('primary')}
        onClick={() => setAsked(ask)}
      >
        {words}
      </Button>
      {draft.stage === 'review' ? (
        <Button refusal={refusal('advisory.review')} onClick={() => setAsked('return')}>
          {t`Trả lại…`}
        </Button>
      ) : null}
      <Button look="danger" refusal={refusal('advisory.write')} onClick={() => setAsked('discard')}>
        {t`Bỏ dự thảo…`}
      </Button>
      {asked === 'submit' ? <SubmitDialog draft={draft} onClose={close} /> : null}
      {asked === 'approve' || asked === 'return' ? (
        <ReviewDialog draft={draft} approves={asked === 'approve'} onClose={close} />
      ) : null}
      {asked === 'publish' ? <PublishDialog draft={draft} onClose={close} /> : null}
      {asked === 'discard' ? <DiscardDialog draft={draft} onClose={close} /> : null}
    </>
  )
}

interface ActDialogProps extends DraftProps {
  readonly onClose: () => void
}

/** Keeps the draft an act answered with, and everything that lists it up to date. */
function useKept(onClose: () => void) {
  const client = useQueryClient()
  return (saved?: AdvisoryDraft) => {
    if (saved) client.setQueryData(['advisories', 'draft', saved.id], saved)
    void client.invalidateQueries({ queryKey: ['advisories'] })
    onClose()
  }
}

/** Forgets a draft that is no more, once its page is left. */
function useLeft(id: string) {
  const client = useQueryClient()
  return () => {
    forgetPage(`/advisories/drafts/${id}`)
    client.removeQueries({ queryKey: ['advisories', 'draft', id] })
    void client.invalidateQueries({ queryKey: ['advisories'] })
  }
}

function SubmitDialog({ draft: { id, revision }, onClose }: ActDialogProps) {
  const { t } = useLingui()
  const kept = useKept(onClose)
  const submit = useMutation({
    mutationFn: () => api.advisoryDrafts.submit({ params: { id }, body: { revision } }),
    onSuccess: kept,
  })
  return (
    <Sure
      title={t`Trình duyệt`}
      about={t`Người khác, không soạn gì trong dự thảo, đọc lại rồi duyệt hoặc trả lại. Sửa sau đó thì phải trình lại.`}
      act={t`Trình duyệt`}
      doing={submit}
      onClose={onClose}
    />
  )
}

function ReviewDialog(props: ActDialogProps & { readonly approves: boolean }) {
  const { t } = useLingui()
  const { draft, approves, onClose } = props
  const kept = useKept(onClose)
  const review = useMutation({
    mutationFn: (note: string) =>
      api.advisoryDrafts.review({
        params: { id: draft.id },
        body: {
          revision: draft.revision,
          verdict: approves ? 'approved' : 'returned',
          note,
        },
      }),
    onSuccess: kept,
  })
  return (
    <ReasonDialog
      title={approves ? t`Duyệt dự thảo` : t`Trả lại dự thảo`}
      about={draft.content.title.vi}
      label={approves ? t`Nhận xét` : t`Cần sửa gì`}
      act={approves ? t`Duyệt` : t`Trả lại`}
      optional={approves}
      busy={review.isPending}
      error={review.error}
      onSend={(note) => review.mutate(note)}
      onClose={onClose}
    />
  )
}

function PublishDialog({ draft, onClose }: ActDialogProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const left = useLeft(draft.id)
  const { id, revision, content, addressee_count: count } = draft
  const publish = useMutation({
    mutationFn: () => api.advisoryDrafts.publish({ params: { id }, body: { revision } }),
    onSuccess: (advisory) => {
      say(t`Đã phát hành ${advisory.number}`)
      client.setQueryData(['advisories', 'one', id], advisory)
      void navigate({ to: '/advisories/$id', params: { id }, replace: true }).then(left)
    },
  })
  return (
    <Sure
      title={
        draft.number ? (
          t`Phát hành bản ${draft.published_version + 1}`
        ) : (
          <Plural value={count} other="Phát hành cho # đơn vị" />
        )
      }
      about={
        draft.number
          ? t`Chỉ báo cho nơi nhận mà bản mới nói điều gì mới; trả lời của các đơn vị đó bắt đầu lại.`
          : t`Mỗi đơn vị được báo một lần, đọc nội dung ở mức TLP:${content.tlp.toUpperCase()} và dòng riêng của mình. Việc này không hoàn tác được, chỉ hủy được kèm lý do.`
      }
      act={t`Phát hành`}
      doing={publish}
      onClose={onClose}
    />
  )
}

function DiscardDialog({ draft: { id }, onClose }: ActDialogProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const left = useLeft(id)
  const discard = useMutation({
    mutationFn: () => api.advisoryDrafts.discard({ params: { id } }),
    onSuccess: () => {
      const to = { to: '/advisories', search: { view: 'drafts' }, replace: true } as const
      void navigate(to).then(left)
    },
  })
  return (
    <Sure
      title={t`Bỏ dự thảo`}
      about={t`Dự thảo mất hẳn; bản đã phát hành, nếu có, vẫn hiệu lực.`}
      act={t`Bỏ dự thảo`}
      danger
      doing={discard}
      onClose={onClose}
    />
  )
}

interface SureProps {
  readonly title: ReactNode
  readonly about: ReactNode
  readonly act: string
  readonly danger?: boolean
  readonly doing: {
    readonly isPending: boolean
    readonly error: Error | null
    readonly mutate: () => void
  }
  readonly onClose: () => void
}

/** Asks once more before an act of consequence. */
function Sure({ title, about, act, danger = false, doing, onClose }: SureProps) {
  const { t } = useLingui()
  return (
    <Dialog open onClose={onClose} title={title} about={about}>
      <ErrorSummary errors={noErrors} error={doing.error} />
      <Acts>
        <Button
          data-first=""
          look={danger ? 'danger' : 'primary'}
          busy={doing.isPending}
          onClick={() => doing.mutate()}
        >
          {act}
        </Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </Dialog>
  )
}
