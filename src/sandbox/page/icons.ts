const paths = {
  send: 'M4 12 20 4l-5 16-3.5-6.5z M11.5 13.5 20 4',
  attach: 'M19 11.5 12 18.5a4.5 4.5 0 0 1-6.4-6.4l7.6-7.6a3 3 0 0 1 4.3 4.3l-7.5 7.4a1.5 1.5 0 0 1-2.1-2.1l6.4-6.4',
  keys: 'M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8',
  down: 'M6 9l6 6 6-6',
  back: 'M15 5l-7 7 7 7',
  more: 'M12 5h.01 M12 12h.01 M12 19h.01',
  close: 'M6 6l12 12 M18 6 6 18',
  plus: 'M12 5v14 M5 12h14',
  lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  blocked: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M5.7 5.7l12.6 12.6',
  reply: 'M9 7 4 12l5 5 M4 12h9a7 7 0 0 1 7 7',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  copy: 'M9 9h11v11H9z M15 9V4H4v11h5',
  pin: 'M9 4h6l-1 7 3 3H7l3-3z M12 14v6',
  file: 'M6 3h8l4 4v14H6z M14 3v4h4',
  photo: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 9h.01',
  place: 'M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11z M12 10h.01',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M5 20a7 7 0 0 1 14 0',
  people:
    'M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M3 19a6 6 0 0 1 12 0 M16 5.5a3.5 3.5 0 0 1 0 6 M17.5 14a6 6 0 0 1 3.5 5',
  poll: 'M5 20V10 M12 20V4 M19 20v-7',
  dice: 'M4 4h16v16H4z M8.5 8.5h.01 M15.5 15.5h.01 M12 12h.01',
  sound: 'M12 4v10 M8 8v3a4 4 0 0 0 8 0V8 M12 15v5 M9 20h6',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M8.5 10h.01 M15.5 10h.01 M8 14.5a5 5 0 0 0 8 0',
  check: 'M5 13l4 4L19 7',
  out: 'M8 5H5v14h14v-3 M12 4h8v8 M20 4l-9 9',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2v2 M12 20v2 M2 12h2 M20 12h2 M5 5l1.4 1.4 M17.6 17.6 19 19 M5 19l1.4-1.4 M17.6 6.4 19 5',
  dark: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z',
  auto: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M12 3v18 M12 7.5h7.5 M12 12h9 M12 16.5h7.5',
  general: 'M9 4 7 20 M17 4l-2 16 M4 9h16 M3.5 15h16',
} as const

export type IconName = keyof typeof paths

export function icon(name: IconName): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
