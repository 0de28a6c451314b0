import type { Reply } from '@haidang/contracts/endpoint'
import type { eventApi } from '@haidang/contracts/event-api'
import { useLingui } from '@lingui/react/macro'
import { gutter } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

/** Says that a search reached into the archive, and what of it is missing yet. */
export function ArchiveNote({ replies }: { replies: readonly Reply<typeof eventApi.search>[] }) {
  const { t } = useLingui()
  const { number } = useWords()
  const archive = replies.at(-1)?.archive
  if (!archive) return null
  const { files, waiting, beyond } = archive
  return (
    <div role="status" className={cn('border-b bg-sunken py-2 text-13 text-ink-2', gutter)}>
      <p>
        {t`Khoảng này chạm tới kho lưu trữ (${number(files)} tệp), nên tìm chậm hơn. Sự kiện lấy từ đó được đánh dấu.`}
      </p>
      {waiting > 0 ? (
        <p>{t`Còn ${number(waiting)} tệp đang được lấy lại: tìm lại sau ít giây để thấy đủ.`}</p>
      ) : null}
      {beyond > 0 ? (
        <p>
          {t`${number(beyond)} tệp cũ hơn không đủ chỗ để lấy lại cùng lúc: chọn khoảng ngắn hơn.`}
        </p>
      ) : null}
    </div>
  )
}
