// What somebody wrote and nobody has seen yet: drafts, and what was sent and may not have arrived.

const UNCONFIRMED_MS = 10_000; // a slash command may never show up as a post

/** Keeps it for the person of this tab; `open` is the channel that the box writes to. */
export function keptBack({ me, open, box, memory }) {
  let unconfirmed = []; // {channel, text, at}, oldest first

  // A reload keeps drafts, by channel.
  const name = (channel) => `draft ${me()} ${channel}`;
  const draft = (channel) => memory.get(name(channel)) ?? '';
  const keep = (channel, text) => memory.set(name(channel), text);

  function confirm(post) {
    if (post.author.key !== me() && !post.private) return;
    const place = unconfirmed.findIndex(({ channel }) => channel === post.channel);
    if (place >= 0) unconfirmed.splice(place, 1);
  }

  /** Puts what may not have arrived back into the box, before what stands there. */
  function takeBack() {
    const lost = unconfirmed.filter(({ at }) => Date.now() - at < UNCONFIRMED_MS);
    unconfirmed = [];
    for (const { channel, text } of lost.reverse()) {
      const here = channel === open() && !box.editing();
      const all = [text, here ? box.text() : draft(channel)].filter(Boolean).join('\n');
      if (here) box.write(all);
      else keep(channel, all);
    }
    return lost.length > 0;
  }

  return {
    draft,
    keep,
    confirm,
    takeBack,
    sent: (channel, text) => unconfirmed.push({ channel, text, at: Date.now() }),
    forget: () => { unconfirmed = []; },
  };
}
