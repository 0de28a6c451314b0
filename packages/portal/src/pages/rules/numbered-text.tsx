import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { Textarea } from '../../components/field.tsx'
import { cn } from '../../theme/cn.ts'

interface NumberedTextProps {
  readonly ref: Ref<HTMLTextAreaElement | null>
  readonly name: string
  readonly defaultValue: string
  /** Lines marked as wrong, 1-based. */
  readonly wrong: ReadonlySet<number>
  readonly onText: (text: string) => void
}

const shownLines = 26

/** A text area with line numbers at its left that scroll with it. */
export function NumberedText({ ref, name, defaultValue, wrong, onText }: NumberedTextProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState(() => lineCount(defaultValue))
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(
    ref,
    () => area.current,
    [],
  )
  const follow = () => {
    if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop
  }
  return (
    <div className="relative flex">
      <div
        ref={gutter}
        aria-hidden="true"
        className="absolute inset-y-px left-px w-11 select-none overflow-hidden rounded-l-control bg-sunken py-1.5 text-right font-mono text-12 text-ink-3 leading-5"
      >
        {Array.from({ length: count }, (_, index) => (
          <div
            key={index}
            className={cn('pr-2', wrong.has(index + 1) && 'bg-critical-soft text-critical')}
          >
            {index + 1}
          </div>
        ))}
        <div className="h-10" />
      </div>
      <Textarea
        ref={area}
        name={name}
        defaultValue={defaultValue}
        rows={shownLines}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        maxLength={262_144}
        onScroll={follow}
        onInput={({ currentTarget }) => {
          setCount(lineCount(currentTarget.value))
          onText(currentTarget.value)
        }}
        className="overflow-auto whitespace-pre pl-13 font-mono text-12 leading-5"
      />
    </div>
  )
}

function lineCount(text: string): number {
  return text.split('\n').length
}
