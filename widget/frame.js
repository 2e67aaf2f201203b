/* On /embed inside a frame: tells the page around it how high the panel is, and takes the theme that it names.
   Messages carry no data of readers; the panel works without them. */
if (parent !== window) {
  const tell = () => parent.postMessage({ type: 'amts-ticker:height', height: document.documentElement.offsetHeight }, '*');
  // A narrow frame begins with its items, not with all its filters; what is chosen stays in sight.
  if (innerWidth < 736) for (const facet of document.querySelectorAll('.at-facet[open]')) facet.open = facet.querySelector(':checked') !== null;
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener('message', ({ data, source }) => {
    if (source !== parent || data?.type !== 'amts-ticker:theme' || !/^(auto|light|dark)$/.test(data.theme)) return;
    document.documentElement.dataset.theme = data.theme;
    document.querySelector('.at-root').dataset.theme = data.theme;
  });
}
