import type { RefusalReason, SourceCheck, SourceSamples } from '@haidang/contracts/source-samples'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../../api/api.ts'
import { useDescribe } from '../../../api/describe.ts'
import { Button } from '../../../components/button.tsx'
import { Copyable } from '../../../components/copyable.tsx'
import { Time } from '../../../components/time.tsx'
import { complain } from '../../../components/toast.tsx'
import { collectorNames } from '../source-words.ts'

/** While nothing comes: what may be the cause, the surest first, each with what to do. */
export function SourceChecks({ samples }: { samples: SourceSamples }) {
  const { t } = useLingui()
  const { source, checks } = samples
  if (checks.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-semibold text-13">{t`Chưa có gì tới? Xem lần lượt`}</h3>
      <ol className="flex flex-col divide-y divide-line border-y">
        {checks.map((check) => (
          <li key={keyOf(check)} className="py-2 text-13">
            <Check check={check} id={source.id} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function keyOf(check: SourceCheck): string {
  if (check.check === 'refused') return `refused ${check.reason} ${check.sender}`
  if (check.check === 'other-source') return `other ${check.source_name} ${check.sender}`
  return check.check
}

function Check({ check, id }: { check: SourceCheck; id: string }): ReactNode {
  const { t } = useLingui()
  switch (check.check) {
    case 'paused':
      return <Paused id={id} />
    case 'listener':
      return (
        <>
          {t`Cửa vào không mở được hoặc không đọc được:`}{' '}
          <code className="break-words text-critical">{check.problem}</code>
        </>
      )
    case 'loopback':
      return t`Trạm chỉ nhận từ chính máy này. Để máy khác gửi được, đặt station.listen_host trong cấu hình của nút rồi khởi động lại.`
    case 'other-source':
      return (
        <>
          {t`${check.sender} vừa gửi, nhưng vào nguồn ${check.source_name} (${collectorNames[check.collector]}). Kiểm giao thức, cổng ở bên gửi, hoặc địa chỉ bên gửi của nguồn này.`}{' '}
          <Time at={check.at} className="text-ink-3" />
        </>
      )
    case 'refused':
      return <Refused check={check} />
    case 'network':
      return <Network commands={check.commands} />
  }
}

function Paused({ id }: { id: string }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const resume = useMutation({
    mutationFn: () => api.sources.update({ params: { id }, body: { paused: false } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['source-samples', id] }),
    onError: (error) => complain(describe(error).title),
  })
  return (
    <span className="flex flex-wrap items-center gap-3">
      {t`Nguồn đang tạm dừng.`}
      <Button
        size="small"
        busy={resume.isPending}
        onClick={() => resume.mutate()}
      >{t`Nhận tiếp`}</Button>
    </span>
  )
}

function Refused({ check }: { check: Extract<SourceCheck, { check: 'refused' }> }) {
  const { t } = useLingui()
  const reasons: Record<RefusalReason, string> = {
    'no-source': t`không nguồn nào nhận địa chỉ hay tên này: thêm vào địa chỉ bên gửi`,
    address: t`mã đúng nhưng địa chỉ không có trong danh sách bên gửi`,
    token: t`mã truy cập sai hoặc thiếu: chép lại, hoặc lấy mã mới`,
    tls: t`bắt tay TLS không thành: bên gửi chưa tin chứng thư gốc, hoặc gửi không mã hóa vào cổng TLS`,
  }
  return (
    <>
      {t`Đã từ chối ${check.sender} ${check.times} lần: ${reasons[check.reason]}.`}{' '}
      <Time at={check.at} className="text-ink-3" />
    </>
  )
}

function Network({ commands }: { commands: readonly string[] }) {
  const { t } = useLingui()
  return (
    <div className="flex flex-col gap-2">
      <p>
        {t`Sai địa chỉ, sai cổng, hay tường lửa ở giữa: chạy trên máy của trạm để thấy cổng có mở và gói có tới không.`}
      </p>
      <Copyable label={t`Lệnh kiểm tra mạng`} value={commands.join('\n')} />
    </div>
  )
}
