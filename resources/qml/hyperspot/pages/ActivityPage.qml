pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What works in the background, and what became of it.
FocusScope {
    id: root

    required property ActivityViewModel viewModel
    required property PaceViewModel pace

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Activity")

    ListView {
        id: list

        // Until somebody scrolls, what arrives late must not push the title away.
        property bool untouched: true

        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        spacing: Theme.gap3
        leftMargin: Theme.gap6
        rightMargin: Theme.gap6
        topMargin: Theme.gap5 + Theme.gap3
        bottomMargin: Theme.gap5
        flickableDirection: Flickable.VerticalFlick
        model: root.viewModel.rows
        section.property: "group"
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Jobs")
        onWidthChanged: contentX = -leftMargin
        onMovementStarted: untouched = false
        onContentHeightChanged: Qt.callLater(toTop)
        onOriginYChanged: Qt.callLater(toTop)

        function toTop(): void {
            if (untouched)
                contentY = originY - topMargin;
        }

        ScrollBar.vertical: ScrollLine {}

        header: Column {
            width: list.width - Theme.gap6 * 2
            bottomPadding: Theme.gap2
            spacing: Theme.gap4

            PageHeader {
                width: parent.width
                title: qsTr("Activity")
                detail: root.viewModel.running === 1 ? qsTr("One job is under way. It goes on while you chat, and after a restart.") : root.viewModel.running > 1 ? qsTr("%1 jobs are under way. They go on while you chat, and after a restart.").arg(root.viewModel.running) : qsTr("Nothing is running. Downloads, measurements and indexing show up here.")

                ActionButton {
                    visible: root.viewModel.hasHistory
                    text: qsTr("Clear finished")
                    onClicked: root.viewModel.clearHistory()
                }
            }
            PaceCard {
                width: parent.width
                viewModel: root.pace
            }
            ErrorNote {
                width: parent.width
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
                buttonText: qsTr("Try again")
                onTriggered: root.viewModel.refresh()
            }
        }
        section.delegate: Words {
            required property string section

            width: list.width - Theme.gap6 * 2
            height: Theme.size(32)
            text: section
            muted: true
            verticalAlignment: Text.AlignBottom
            bottomPadding: Theme.gap2
            font.pixelSize: Theme.sizeCaption
            font.weight: Font.Medium
            Accessible.role: Accessible.Heading
        }
        delegate: JobCard {
            required property string jobId

            width: list.width - Theme.gap6 * 2
            onPauseWanted: root.viewModel.pause(jobId)
            onResumeWanted: root.viewModel.resume(jobId)
            onCancelWanted: root.viewModel.cancel(jobId)
            onRetryWanted: root.viewModel.retry(jobId)
            onRemoveWanted: root.viewModel.remove(jobId)
        }
    }
    Skeleton {
        anchors.top: parent.top
        anchors.topMargin: Theme.size(130)
        x: Theme.gap6
        width: parent.width - Theme.gap6 * 2
        lines: 3
        lineHeight: 64
        active: root.viewModel.loading
    }
    EmptyState {
        anchors.centerIn: parent
        visible: list.count === 0 && !root.viewModel.loading && root.viewModel.errorSentence === ""
        iconName: "activity"
        text: qsTr("All quiet")
        detail: qsTr("When you add documents, or download or measure a model, its progress is here.")
    }
}
