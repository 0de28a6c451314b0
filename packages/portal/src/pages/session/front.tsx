import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { activate } from '../../language/language.ts'
import { useWords } from '../../language/use-words.ts'
import { Mark } from '../../shell/mark.tsx'

/** The frame of the pages one sees before being known: the name at the left, one form at the right. */
export function Front({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const { t } = useLingui()
  const { language } = useWords()
  return (
    <main className="grid h-full overflow-y-auto lg:grid-cols-[minmax(360px,5fr)_7fr]">
      <section className="relative hidden overflow-hidden border-r bg-rail p-12 lg:flex lg:flex-col">
        <div className="flex items-center gap-3">
          <Mark className="size-9" />
          <p className="font-semibold text-18">Hải Đăng</p>
        </div>
        <div className="relative z-10 mt-auto max-w-96">
          <p className="font-semibold text-24 leading-tight">{t`Thấy sớm. Báo đúng nơi. Làm đến cùng.`}</p>
          <p className="pt-3 text-15 text-ink-2">
            {t`Nền tảng giám sát an toàn thông tin và điều phối ứng cứu sự cố.`}
          </p>
        </div>
        <Beam />
      </section>
      <section className="flex min-h-full flex-col px-6 py-6 sm:px-12">
        <div className="flex items-center justify-between">
          <span className="flex items-center gap-2 font-semibold lg:invisible">
            <Mark className="size-7" /> Hải Đăng
          </span>
          <button
            type="button"
            onClick={() => void activate(language === 'vi' ? 'en' : 'vi')}
            className="min-h-8 rounded-control px-2 text-13 text-ink-2 hover:bg-hover hover:text-ink"
          >
            {language === 'vi' ? 'English' : 'Tiếng Việt'}
          </button>
        </div>
        <div className={`mx-auto my-auto w-full py-8 ${wide ? 'max-w-xl' : 'max-w-sm'}`}>
          {children}
        </div>
      </section>
    </main>
  )
}

/** The light sweeping over the water. */
function Beam() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 480 560"
      className="absolute inset-0 size-full"
      preserveAspectRatio="xMidYMid slice"
    >
      <path d="M352 214 0 92v168l352-32z" className="fill-accent opacity-[0.09]" />
      <path d="M352 214 0 132v88l352 0z" className="fill-accent opacity-[0.1]" />
      <path d="M368 214 480 176v84l-112-34z" className="fill-accent opacity-[0.13]" />
      <path d="M344 396 351 236h18l7 160z" className="fill-ink opacity-85" />
      <rect x="351" y="210" width="18" height="20" rx="3" className="fill-accent" />
      <path d="M348 206h24l-12-16zM346 232h28v5h-28z" className="fill-ink opacity-85" />
      <g className="fill-none stroke-line-strong" strokeWidth="1.2">
        <path d="M0 396c40-8 80-8 120 0s80 8 120 0 80-8 120 0 80 8 120 0" />
        <path d="M0 412c40-8 80-8 120 0s80 8 120 0 80-8 120 0 80 8 120 0" opacity=".6" />
        <path d="M0 428c40-8 80-8 120 0s80 8 120 0 80-8 120 0 80 8 120 0" opacity=".3" />
      </g>
    </svg>
  )
}
