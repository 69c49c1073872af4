# An agency's own host (docs/agency-host.md), over the image of the project's Dockerfile: build that first, as `sightline`.
# The agency's id is the word after the image: docker run … sightline-host police. Holds no secret and no data.
FROM sightline
ENV HOST=0.0.0.0 \
    PORT=4443 \
    OPERATOR_PORT=4444
EXPOSE 4443
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPERATOR_PORT || 4444}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/sightline.js", "adapter", "serve"]
CMD []
