import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'

export type AuthorityAct = 'rotate' | 'retire' | 'replace'
export type SigningAct = 'rotate-signing' | 'replace-signing'
type KeyAct = AuthorityAct | SigningAct

interface KeyActProps {
  readonly act: KeyAct
  /** Whether stations would be left to join again. */
  readonly isLeaving: boolean
  readonly onClose: () => void
}

const dangers: ReadonlySet<KeyAct> = new Set(['retire', 'replace', 'replace-signing'])
const losses: ReadonlySet<KeyAct> = new Set(['replace', 'replace-signing'])

/** Asks why, and for a loss to type what will be done, before a key of the node changes. */
export function KeyActDialog({ act, isLeaving, onClose }: KeyActProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const words = useActWords()[act]
  const run = useMutation({
    mutationFn: (form: FormData): Promise<unknown> => carryOut(act, form, isLeaving),
    onSuccess: () => {
      for (const key of ['authority', 'signing-keys', 'parent', 'join-codes']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
      onClose()
    },
  })
  const confirmation = t`THAY KHÓA`
  const isSure = !losses.has(act) || typed.trim() === confirmation
  return (
    <Dialog open onClose={onClose} title={words.title} about={words.about}>
      <form onSubmit={submitted((form) => run.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={run.error} />
        {act === 'retire' && isLeaving ? (
          <p className="text-13 text-high">
            {t`Còn trạm chưa chuyển: các trạm đó sẽ phải nối lại bằng mã mới.`}
          </p>
        ) : null}
        {act === 'rotate' ? (
          <Field label={t`Cùng tin cả hai trong số ngày`}>
            <Input name="days" type="number" min={1} max={365} defaultValue={30} required />
          </Field>
        ) : null}
        <Field label={t`Lý do`}>
          <Textarea name="reason" required minLength={3} maxLength={1000} autoFocus />
        </Field>
        {losses.has(act) ? (
          <Field label={t`Gõ dòng này để xác nhận`} help={confirmation}>
            <Input autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />
          </Field>
        ) : null}
        <Acts>
          <Button
            look={dangers.has(act) ? 'danger' : 'primary'}
            type="submit"
            busy={run.isPending}
            refusal={isSure ? undefined : t`Gõ đúng dòng xác nhận trước`}
          >
            {words.verb}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function carryOut(act: KeyAct, form: FormData, leave_behind: boolean): Promise<unknown> {
  const reason = text(form, 'reason').trim()
  const { authorities } = api
  switch (act) {
    case 'rotate':
      return authorities.rotate({ body: { reason, overlap_days: Number(text(form, 'days')) } })
    case 'retire':
      return authorities.retire({ body: { reason, leave_behind } })
    case 'replace':
      return authorities.replace({ body: { reason } })
    case 'rotate-signing':
      return authorities.rotateSigningKey({ body: { reason } })
    case 'replace-signing':
      return authorities.replaceSigningKey({ body: { reason } })
  }
}

interface ActWords {
  readonly title: string
  readonly about: string
  readonly verb: string
}

function useActWords(): Record<KeyAct, ActWords> {
  const { t } = useLingui()
  return {
    rotate: {
      title: t`Đổi cơ quan chứng thư theo kế hoạch`,
      about: t`Trạm đang kết nối tự chuyển sang cơ quan mới. Cơ quan cũ chấm dứt khi mọi trạm đã chuyển, hoặc khi hết hạn.`,
      verb: t`Bắt đầu đổi`,
    },
    retire: {
      title: t`Chấm dứt cơ quan chứng thư cũ`,
      about: t`Chứng thư do cơ quan cũ cấp bị từ chối ngay, mã kết nối chưa dùng hết hiệu lực.`,
      verb: t`Chấm dứt`,
    },
    replace: {
      title: t`Thay khẩn cấp cơ quan chứng thư`,
      about: t`Mọi chứng thư đã cấp bị từ chối và mọi kết nối bị cắt ngay. Từng trạm phải nối lại bằng mã mới, đối chiếu dấu vân tay qua điện thoại; tên và số thứ tự của trạm được giữ.`,
      verb: t`Thay ngay`,
    },
    'rotate-signing': {
      title: t`Đổi khóa ký`,
      about: t`Khóa mới được báo cho cấp trên và cấp dưới bằng phong bì ký bởi khóa cũ. Chữ ký cũ vẫn kiểm tra được.`,
      verb: t`Đổi khóa`,
    },
    'replace-signing': {
      title: t`Thay khóa ký bị lộ hoặc mất`,
      about: t`Từ lúc này chữ ký bằng khóa cũ không được tin. Kết nối với cấp trên dừng cho tới khi nút nối lại bằng mã mới; dữ liệu chờ gửi được giữ.`,
      verb: t`Thay khóa`,
    },
  }
}
