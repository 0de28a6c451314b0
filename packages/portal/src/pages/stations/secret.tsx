import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { say } from '../../components/toast.tsx'

/** Something shown once: a join code, a token, a key. */
export function Secret({ value, children }: { value: string; children: string }) {
  const { t } = useLingui()
  const copy = () => void navigator.clipboard.writeText(value).then(() => say(t`Đã chép`))
  return (
    <div className="flex flex-col gap-3">
      <p>{children}</p>
      <Scrolled
        label={t`Giá trị chỉ hiện một lần`}
        className="max-h-40 overflow-auto whitespace-pre-wrap break-all rounded-control border border-accent-line bg-accent-soft p-3 font-mono text-12"
      >
        {value}
      </Scrolled>
      <Button look="primary" className="self-start" onClick={copy}>
        <Copy aria-hidden="true" className="size-4" />
        {t`Chép`}
      </Button>
      <p className="text-12 text-ink-2">{t`Chỉ hiện một lần. Đóng hộp này là không xem lại được.`}</p>
    </div>
  )
}
