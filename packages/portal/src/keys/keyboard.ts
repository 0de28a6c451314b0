import { useEffect, useRef } from 'react'
import { type KeyName, sheet } from './sheet.ts'

/** A name without an act is a key that does nothing now. */
type Handlers = Partial<Record<KeyName, (() => void) | undefined>>

/** How long the second key of a run may take, in milliseconds. */
const runMilliseconds = 1200
const setting = 'haidang.single-keys'

/** The handlers of what is on the page, the latest mounted first. */
const frames: { current: Handlers }[] = []
let pending = ''
let pendingSince = 0

/** Single keys can be turned off (WCAG 2.1.4); keys with Ctrl stay. */
export function singleKeysOn(): boolean {
  return localStorage.getItem(setting) !== 'off'
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(setting, on ? 'on' : 'off')
}

/** Binds keys of the sheet to acts for as long as the component stands. */
export function useKeys(handlers: Handlers): void {
  const frame = useRef(handlers)
  frame.current = handlers
  useEffect(() => {
    frames.unshift(frame)
    return () => {
      frames.splice(frames.indexOf(frame), 1)
    }
  }, [])
}

/** Text fields, dialogs and menus keep their keys for themselves. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (!target) return false
  const inText = target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')
  return Boolean(inText ?? target.closest('[role=dialog], [role=menu], [role=listbox]'))
}

/** Enter and Space press the button or link they stand on. */
function pressesControl(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return (
    event.target instanceof Element && event.target.closest('a, button, summary, input') !== null
  )
}

function nameOf(event: KeyboardEvent): string {
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.key.toLowerCase()}`
  if (event.key === ' ') return 'Space'
  return event.shiftKey && /^[A-Z]$/.test(event.key)
    ? `Shift+${event.key.toLowerCase()}`
    : event.key
}

function run(keys: string): boolean {
  for (const { current } of frames) {
    for (const [name, act] of Object.entries(current)) {
      if (act && sheet[name as KeyName].keys === keys) {
        act()
        return true
      }
    }
  }
  return false
}

/** The run of keys an event completes: `g t` when `g` was pressed just before. */
function runOf(event: KeyboardEvent): string {
  const fresh = pending && event.timeStamp - pendingSince < runMilliseconds
  const keys = fresh ? `${pending} ${nameOf(event)}` : nameOf(event)
  pending = ''
  return keys
}

function onKeyDown(event: KeyboardEvent): void {
  // Telex and VNI compose letters from several keys; 229 is what older browsers say while they do.
  if (event.isComposing || event.keyCode === 229 || event.altKey) return
  const held = event.ctrlKey || event.metaKey
  if (!held && (belongsElsewhere(event) || pressesControl(event) || !singleKeysOn())) return
  const keys = runOf(event)
  if (keys === 'g') {
    pending = keys
    pendingSince = event.timeStamp
    return
  }
  if (run(keys)) event.preventDefault()
}

/** Starts listening, once for the page. */
export function listenToKeys(): void {
  document.addEventListener('keydown', onKeyDown)
}
