import type { Playbook } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { saveFile } from '../../components/save-file.ts'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import { DayDialog } from './day-dialog.tsx'
import { ShareDialog } from './share-dialog.tsx'
import { usePlaybookAct } from './use-playbook.ts'

type Asked = 'publish' | 'share' | 'review' | 'retire' | 'discard'

/** What whoever reads a playbook may do with it now. */
export function PlaybookActs({ playbook }: { playbook: Playbook }) {
  const { t } = useLingui()
  const refusal = useRefusal()('playbook.manage')
  const navigate = useNavigate()
  const { id, own, published, retired_from, current } = playbook
  const file = useMutation({
    mutationFn: () =>
      api.playbooks.file({ params: { id }, query: { version: current?.version ?? 0 } }),
    onSuccess: ({ name, text }) => saveFile(name, 'application/yaml', text),
  })
  const copy = usePlaybookAct(
    () => api.playbooks.copy({ body: { from: { playbook: id }, tlp: playbook.tlp } }),
    t`Đã tạo bản nháp`,
    (made) => void navigate({ to: '/playbooks/$id/edit', params: { id: made.id } }),
  )
  return (
    <>
      <ErrorSummary errors={noErrors} error={file.error ?? copy.error} />
      {own && retired_from === null ? <OwnActs playbook={playbook} /> : null}
      {published > 0 ? (
        <Button refusal={refusal} busy={copy.isPending} onClick={() => copy.mutate(undefined)}>
          {t`Tạo bản sao`}
        </Button>
      ) : null}
      <Button look="quiet" busy={file.isPending} onClick={() => file.mutate()}>
        {t`Xuất YAML`}
      </Button>
    </>
  )
}

/** What those do who write it, while it is not retired. */
function OwnActs({ playbook }: { playbook: Playbook }) {
  const { t } = useLingui()
  const refusal = useRefusal()('playbook.manage')
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { id, published, has_draft, state, revision } = playbook
  const act = (what: Asked, words: string, look: 'plain' | 'primary' | 'danger' = 'plain') => (
    <Button look={look} refusal={refusal} onClick={() => setAsked(what)}>
      {words}
    </Button>
  )
  return (
    <>
      {has_draft
        ? act('publish', t({ message: 'Ban hành…', context: 'playbook' }), 'primary')
        : null}
      <Button
        refusal={refusal}
        onClick={() => void navigate({ to: '/playbooks/$id/edit', params: { id } })}
      >
        {has_draft ? t`Soạn tiếp` : t`Soạn bản mới`}
      </Button>
      {state === 'in_force' ? act('review', t`Đã rà soát…`) : null}
      {act('share', t`Phổ biến…`)}
      {has_draft ? act('discard', t`Bỏ bản nháp…`, 'danger') : null}
      {published > 0 ? act('retire', t`Bãi bỏ…`, 'danger') : null}
      {asked ? (
        <Dialogs key={revision} playbook={playbook} asked={asked} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
}

interface DialogsProps {
  readonly playbook: Playbook
  readonly asked: Asked
  readonly onClose: () => void
}

function Dialogs({ playbook, asked, onClose }: DialogsProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { revision } = playbook
  const params = { id: playbook.id }
  const publish = usePlaybookAct(
    ({ day, reason }: { day: string; reason: string }) =>
      api.playbooks.publish({ params, body: { revision, valid_from: day, reason } }),
    t`Đã ban hành`,
    onClose,
  )
  const retire = usePlaybookAct(
    ({ day, reason }: { day: string; reason: string }) =>
      api.playbooks.retire({ params, body: { revision, from: day, reason } }),
    t`Đã bãi bỏ`,
    onClose,
  )
  const review = usePlaybookAct(
    (note: string) => api.playbooks.review({ params, body: { revision, note } }),
    t`Đã ghi việc rà soát`,
    onClose,
  )
  const discard = useMutation({
    mutationFn: () => api.playbooks.discard({ params, body: { revision } }),
    onSuccess: async () => {
      say(t`Đã bỏ bản nháp`)
      onClose()
      if (playbook.published === 0) await navigate({ to: '/playbooks' })
      await client.invalidateQueries({ queryKey: ['playbooks'] })
    },
  })
  switch (asked) {
    case 'publish':
      return (
        <DayDialog
          title={t`Ban hành bản ${playbook.published + 1}`}
          about={t`Bản đã ban hành không sửa được nữa; muốn đổi thì soạn bản sau.`}
          day={t`Có hiệu lực từ ngày`}
          reason={t`Lý do, căn cứ ban hành`}
          act={t({ message: 'Ban hành', context: 'playbook' })}
          saving={publish}
          onGive={publish.mutate}
          onClose={onClose}
        />
      )
    case 'retire':
      return (
        <DayDialog
          title={t`Bãi bỏ phương án`}
          about={t`Từ ngày đó không lấy được nữa; việc đã lấy cho sự cố vẫn còn.`}
          day={t`Bãi bỏ từ ngày`}
          reason={t`Lý do bãi bỏ`}
          act={t`Bãi bỏ`}
          saving={retire}
          onGive={retire.mutate}
          onClose={onClose}
        />
      )
    case 'review':
      return (
        <ReasonDialog
          title={t`Ghi việc rà soát`}
          about={t`Phương án vẫn đúng như đang có hiệu lực. Nếu phải sửa, hãy soạn và ban hành bản mới.`}
          label={t`Đã xem gì, kết luận thế nào`}
          act={t`Ghi lại`}
          busy={review.isPending}
          error={review.error}
          onGive={review.mutate}
          onClose={onClose}
        />
      )
    case 'share':
      return <ShareDialog playbook={playbook} onClose={onClose} />
    case 'discard':
      return (
        <ReasonlessDialog
          title={t`Bỏ bản nháp?`}
          about={
            playbook.published === 0
              ? t`Phương án chưa ban hành lần nào nên mất hẳn.`
              : t`Bản đang có hiệu lực không đổi.`
          }
          act={t`Bỏ bản nháp`}
          busy={discard.isPending}
          error={discard.error}
          onGive={() => discard.mutate()}
          onClose={onClose}
        />
      )
  }
}

interface ReasonlessProps {
  readonly title: string
  readonly about: string
  readonly act: string
  readonly busy: boolean
  readonly error: unknown
  readonly onGive: () => void
  readonly onClose: () => void
}

function ReasonlessDialog({ title, about, act, busy, error, onGive, onClose }: ReasonlessProps) {
  const { t } = useLingui()
  return (
    <Dialog open onClose={onClose} title={title} about={about}>
      <ErrorSummary errors={noErrors} error={error} />
      <Acts>
        <Button look="danger" data-first="" busy={busy} onClick={onGive}>
          {act}
        </Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </Dialog>
  )
}
