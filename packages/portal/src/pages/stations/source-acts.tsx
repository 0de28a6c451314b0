import { type Source, tokenCollectors } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMay } from '../../api/session.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { complain } from '../../components/toast.tsx'
import { HowToSend } from './how-to-send.tsx'
import { RemoveSource } from './remove-source.tsx'
import { SourceLimitsDialog } from './source-limits.tsx'
import { SourceReadingDialog } from './source-reading.tsx'
import { SourceRhythmDialog } from './source-rhythm.tsx'

/** What may be done with a source. */
export function SourceActs({ source }: { source: Source }) {
  const { t } = useLingui()
  const may = useMay()
  const client = useQueryClient()
  const describe = useDescribe()
  const [shown, setShown] = useState<'rhythm' | 'reading' | 'limits' | 'sending' | 'removing'>()
  const close = () => setShown(undefined)
  const navigate = useNavigate()
  const options = {
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
    onError: (error: unknown) => complain(describe(error).title),
  }
  const pause = useMutation({
    mutationFn: (paused: boolean) =>
      api.sources.update({ params: { id: source.id }, body: { paused } }),
    ...options,
  })
  const renew = useMutation({
    mutationFn: () => api.sources.renewToken({ params: { id: source.id } }),
    onError: options.onError,
  })
  if (!may('source.manage')) return null
  const paused = source.state === 'paused'
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t`Việc với nguồn ${source.name}`}
            className="grid size-7 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Ellipsis className="size-4" />
          </button>
        }
      >
        <MenuItem
          onSelect={() => void navigate({ to: '/stations/set-up', search: { source: source.id } })}
        >
          {source.draft ? t`Thiết lập tiếp` : t`Kiểm tra nguồn`}
        </MenuItem>
        <MenuItem onSelect={() => setShown('rhythm')}>{t`Nhịp dữ liệu…`}</MenuItem>
        <MenuItem onSelect={() => setShown('reading')}>{t`Cách đọc…`}</MenuItem>
        <MenuItem onSelect={() => setShown('limits')}>{t`Giới hạn…`}</MenuItem>
        <MenuItem onSelect={() => pause.mutate(!paused)}>
          {paused ? t`Nhận tiếp` : t`Tạm dừng`}
        </MenuItem>
        {source.collector === 'tail-file' || source.collector === 'kafka' ? null : (
          <MenuItem onSelect={() => setShown('sending')}>{t`Cách gửi…`}</MenuItem>
        )}
        {tokenCollectors.has(source.collector) ? (
          <MenuItem onSelect={() => renew.mutate()}>{t`Đổi mã truy cập`}</MenuItem>
        ) : null}
        <MenuItem onSelect={() => setShown('removing')}>{t`Gỡ nguồn…`}</MenuItem>
      </Menu>
      {shown === 'rhythm' ? <SourceRhythmDialog source={source} onClose={close} /> : null}
      {shown === 'reading' ? <SourceReadingDialog source={source} onClose={close} /> : null}
      {shown === 'limits' ? <SourceLimitsDialog source={source} onClose={close} /> : null}
      {renew.data ? (
        <Dialog
          open
          onClose={() => renew.reset()}
          title={t`Mã truy cập mới của ${source.name}`}
          about={t`Mã cũ không còn dùng được. Đặt mã này vào bên gửi.`}
          wide
        >
          <HowToSend source={source} token={renew.data.token} />
        </Dialog>
      ) : null}
      <Dialog
        open={shown === 'sending'}
        onClose={close}
        title={t`Gửi bản ghi tới nguồn ${source.name}`}
        wide
      >
        <HowToSend source={source} token={null} />
      </Dialog>
      <RemoveSource id={source.id} name={source.name} open={shown === 'removing'} onClose={close} />
    </>
  )
}
