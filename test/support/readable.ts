/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core';

/** The least that WCAG 2.2 AA asks for: of text against what is behind it, and of a focus ring. */
const MIN_CONTRAST = 4.5;
const MIN_RING_CONTRAST = 3;
const MIN_FONT_PX = 14;
/** What a thumb hits. */
const MIN_TARGET_PX = 44;

/** Roles in Chromium's accessibility tree that somebody operates. */
const OPERATED = new Set(['button', 'link', 'radio', 'checkbox', 'textbox', 'combobox', 'Date', 'spinbutton']);

/**
 * What keeps somebody from reading or using the page as it stands: low contrast, small letters, sideways scrolling, small
 * targets, controls without a name, a missing title, language or heading, and scripts. Works where JavaScript is off.
 */
export async function obstacles(page: Page): Promise<string[]> {
  return [...(await page.evaluate(look, [MIN_CONTRAST, MIN_FONT_PX, MIN_TARGET_PX])), ...(await nameless(page))];
}

/** Goes through the page with the Tab key; tells what got the focus, and where nothing shows that it has. */
export async function tabThrough(page: Page): Promise<{ reached: string[]; invisible: string[] }> {
  const reached: string[] = [];
  const invisible: string[] = [];
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(ringOfFocus);
    if (focused === null) break;
    // A date has a stop for each of its parts.
    if (reached.at(-1) === focused.name) continue;
    if (reached.includes(focused.name)) break;
    reached.push(focused.name);
    if (focused.widthPx < 2 || focused.contrast < MIN_RING_CONTRAST) invisible.push(focused.name);
  }
  return { reached, invisible };
}

/** Controls without a name, as Chromium tells screen readers. */
async function nameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && OPERATED.has(String(role?.value)))
    .filter(({ name }) => String(name?.value ?? '').trim() === '')
    .map(({ role }) => `a ${String(role?.value)} without a name`);
}

// The two functions below run in the page, and so can use nothing from here.

function look([minContrast = 0, minFontPx = 0, minTargetPx = 0]: number[]): string[] {
  const found: string[] = [];
  const { documentElement: root, title } = document;
  if (title.trim() === '') found.push('no title');
  if (root.lang === '') found.push('no language');
  const headings = document.querySelectorAll('h1').length;
  if (headings !== 1) found.push(`${headings} first headings`);
  if (document.querySelectorAll('main').length !== 1) found.push('not one main part');
  if (document.scripts.length > 0) found.push('a script');
  if (root.scrollWidth > root.clientWidth)
    found.push(`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}`);

  type Color = [red: number, green: number, blue: number, alpha: number];
  const colorOf = (text: string): Color => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const luminance = ([red, green, blue]: Color) => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): Color => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = colorOf(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) return color;
    }
    return [255, 255, 255, 1];
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? '';
    const element = walker.currentNode.parentElement;
    if (text === '' || element === null || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const color = colorOf(style.color);
    const [light = 0, dark = 0] = [luminance(color), luminance(behind(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (color[3] < 1) found.push(`text that shines through: "${text.slice(0, 40)}"`);
    if (contrast < minContrast) found.push(`contrast ${contrast.toFixed(2)}: "${text.slice(0, 40)}"`);
    if (parseFloat(style.fontSize) < minFontPx) found.push(`${style.fontSize}: "${text.slice(0, 40)}"`);
  }

  for (const control of document.querySelectorAll('button, a, input:not([type=hidden]), textarea, select')) {
    // What is said beside a choice can be touched as well.
    const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
    if (width < minTargetPx || height < minTargetPx) {
      found.push(`a target of ${Math.round(width)} × ${Math.round(height)} px: ${control.outerHTML.slice(0, 60)}`);
    }
  }
  return found;
}

function ringOfFocus(): { name: string; widthPx: number; contrast: number } | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const luminance = (text: string) => {
    const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const card = getComputedStyle(document.querySelector('main') ?? document.body).backgroundColor;
  const [light = 0, dark = 0] = [luminance(outlineColor), luminance(card)].sort((a, b) => b - a);
  const words = [element.getAttribute('name'), element.getAttribute('value')].filter((word) => word);
  return {
    name: words.join(' ') || element.tagName.toLowerCase(),
    widthPx: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
    contrast: (light + 0.05) / (dark + 0.05),
  };
}
